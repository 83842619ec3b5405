-- A small web shop, for trying the SQLite crawler. Needs an empty database and SQLite 3.37 or newer.
--   sqlite3 shop.db < shop.sql

PRAGMA foreign_keys = ON;
BEGIN;

-- Who we buy from and where goods are kept

CREATE TABLE suppliers (
  supplier_id   INTEGER PRIMARY KEY,
  name          VARCHAR(80)  NOT NULL UNIQUE,
  country_code  CHAR(2)      NOT NULL DEFAULT 'DE',
  contact_email VARCHAR(120),
  lead_days     SMALLINT     NOT NULL DEFAULT 7 CHECK (lead_days >= 0)
);

CREATE TABLE warehouses (
  code      CHAR(4)      NOT NULL PRIMARY KEY,
  city      VARCHAR(60)  NOT NULL,
  opened_on DATE,
  is_active BOOLEAN      NOT NULL DEFAULT 1
) WITHOUT ROWID;

-- What we sell

CREATE TABLE categories (
  category_id INTEGER PRIMARY KEY,
  parent_id   INTEGER     REFERENCES categories (category_id),
  slug        VARCHAR(40) NOT NULL UNIQUE,
  title       VARCHAR(80) NOT NULL
);

CREATE TABLE products (
  product_id   INTEGER PRIMARY KEY,
  sku          VARCHAR(20)   NOT NULL UNIQUE,
  title        VARCHAR(120)  NOT NULL,
  supplier_id  INTEGER       NOT NULL REFERENCES suppliers (supplier_id),
  net_price    DECIMAL(10,2) NOT NULL CHECK (net_price >= 0),
  vat_rate     DECIMAL(4,3)  NOT NULL DEFAULT 0.19,
  gross_price  DECIMAL(10,2) GENERATED ALWAYS AS (round(net_price * (1 + vat_rate), 2)) STORED,
  weight_grams INTEGER,
  status       VARCHAR(10)   NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'on_sale', 'retired')),
  created_at   DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX products_by_supplier ON products (supplier_id);

CREATE TABLE product_categories (
  product_id  INTEGER NOT NULL REFERENCES products (product_id) ON DELETE CASCADE,
  category_id INTEGER NOT NULL REFERENCES categories (category_id),
  position    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (product_id, category_id)
) WITHOUT ROWID;

CREATE TABLE stock (
  warehouse_code CHAR(4) NOT NULL REFERENCES warehouses (code),
  product_id     INTEGER NOT NULL REFERENCES products (product_id),
  on_hand        INTEGER NOT NULL DEFAULT 0,
  reserved       INTEGER NOT NULL DEFAULT 0,
  available      INTEGER GENERATED ALWAYS AS (on_hand - reserved) VIRTUAL,
  PRIMARY KEY (warehouse_code, product_id)
);

-- Who buys

CREATE TABLE customers (
  customer_id      INTEGER PRIMARY KEY,
  email            VARCHAR(120) NOT NULL COLLATE NOCASE UNIQUE,
  full_name        VARCHAR(100) NOT NULL,
  phone            VARCHAR(20),
  marketing_opt_in BOOLEAN      NOT NULL DEFAULT 0,
  registered_at    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE addresses (
  address_id   INTEGER PRIMARY KEY,
  customer_id  INTEGER      NOT NULL REFERENCES customers (customer_id) ON DELETE CASCADE,
  kind         VARCHAR(10)  NOT NULL DEFAULT 'shipping',
  street       VARCHAR(100) NOT NULL,
  postcode     VARCHAR(12)  NOT NULL,
  city         VARCHAR(60)  NOT NULL,
  country_code CHAR(2)      NOT NULL DEFAULT 'DE'
);

CREATE INDEX addresses_by_customer ON addresses (customer_id, kind);

-- The way from cart to doorstep

CREATE TABLE carts (
  cart_id     CHAR(12)    NOT NULL PRIMARY KEY,
  customer_id INTEGER     REFERENCES customers (customer_id) ON DELETE SET NULL,
  state       VARCHAR(10) NOT NULL DEFAULT 'open',
  updated_at  DATETIME    NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE cart_items (
  cart_id    CHAR(12) NOT NULL REFERENCES carts (cart_id) ON DELETE CASCADE,
  product_id INTEGER  NOT NULL REFERENCES products (product_id),
  quantity   INTEGER  NOT NULL DEFAULT 1 CHECK (quantity > 0),
  PRIMARY KEY (cart_id, product_id)
) WITHOUT ROWID;

CREATE TABLE orders (
  order_id            INTEGER PRIMARY KEY,
  customer_id         INTEGER       NOT NULL REFERENCES customers (customer_id),
  shipping_address_id INTEGER       NOT NULL REFERENCES addresses (address_id),
  cart_id             CHAR(12)      REFERENCES carts (cart_id),
  state               VARCHAR(12)   NOT NULL DEFAULT 'placed',
  currency            CHAR(3)       NOT NULL DEFAULT 'EUR',
  shipping_fee        DECIMAL(8,2)  NOT NULL DEFAULT 4.90,
  placed_at           DATETIME      NOT NULL DEFAULT CURRENT_TIMESTAMP,
  note                TEXT
);

CREATE INDEX orders_by_customer ON orders (customer_id, placed_at DESC);
CREATE INDEX orders_still_open ON orders (placed_at) WHERE state <> 'delivered';

CREATE TABLE order_items (
  order_id   INTEGER       NOT NULL REFERENCES orders (order_id) ON DELETE CASCADE,
  line_no    SMALLINT      NOT NULL,
  product_id INTEGER       NOT NULL REFERENCES products (product_id),
  quantity   INTEGER       NOT NULL CHECK (quantity > 0),
  unit_price DECIMAL(10,2) NOT NULL,
  line_total DECIMAL(12,2) GENERATED ALWAYS AS (quantity * unit_price) STORED,
  PRIMARY KEY (order_id, line_no)
);

CREATE INDEX order_items_by_product ON order_items (product_id);

CREATE TABLE payments (
  payment_id   INTEGER PRIMARY KEY,
  order_id     INTEGER NOT NULL REFERENCES orders (order_id),
  method       TEXT    NOT NULL DEFAULT 'card',
  amount_cents INTEGER NOT NULL CHECK (amount_cents <> 0),
  captured_at  TEXT,
  receipt      BLOB
) STRICT;

CREATE INDEX payments_by_order ON payments (order_id);

CREATE TABLE shipments (
  shipment_id    INTEGER PRIMARY KEY,
  order_id       INTEGER      NOT NULL REFERENCES orders (order_id),
  warehouse_code CHAR(4)      NOT NULL REFERENCES warehouses (code),
  carrier        VARCHAR(20)  NOT NULL DEFAULT 'parcel',
  tracking_code  VARCHAR(24),
  shipped_at     DATETIME
);

CREATE UNIQUE INDEX shipments_by_tracking ON shipments (carrier, tracking_code);

CREATE TABLE returns (
  return_id   INTEGER PRIMARY KEY,
  order_id    INTEGER       NOT NULL,
  line_no     SMALLINT      NOT NULL,
  quantity    INTEGER       NOT NULL DEFAULT 1 CHECK (quantity > 0),
  reason      VARCHAR(200)  NOT NULL DEFAULT 'not stated',
  refund      DECIMAL(10,2),
  received_at DATETIME,
  FOREIGN KEY (order_id, line_no) REFERENCES order_items (order_id, line_no)
);

CREATE INDEX returns_by_order_line ON returns (order_id, line_no);

CREATE TABLE reviews (
  review_id   INTEGER PRIMARY KEY,
  product_id  INTEGER    NOT NULL REFERENCES products (product_id) ON DELETE CASCADE,
  customer_id INTEGER    REFERENCES customers (customer_id) ON DELETE SET NULL,
  stars       TINYINT    NOT NULL CHECK (stars BETWEEN 1 AND 5),
  body        TEXT,
  is_visible  BOOLEAN    NOT NULL DEFAULT 0,
  written_at  DATETIME   NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (product_id, customer_id)
);

-- What the office looks at

CREATE VIEW order_totals AS
SELECT o.order_id,
       o.customer_id,
       o.state,
       o.placed_at,
       count(i.line_no)                                          AS line_count,
       round(coalesce(sum(i.line_total), 0), 2)                  AS goods_total,
       round(coalesce(sum(i.line_total), 0) + o.shipping_fee, 2) AS order_total
FROM orders AS o
LEFT JOIN order_items AS i ON i.order_id = o.order_id
GROUP BY o.order_id;

CREATE VIEW customer_value AS
SELECT c.customer_id,
       c.full_name,
       c.email,
       count(t.order_id)                         AS order_count,
       round(coalesce(sum(t.order_total), 0), 2) AS total_spent,
       max(t.placed_at)                          AS last_order_at
FROM customers AS c
LEFT JOIN order_totals AS t ON t.customer_id = c.customer_id
GROUP BY c.customer_id;

CREATE VIEW product_availability AS
SELECT p.sku,
       p.title,
       s.name AS supplier,
       w.city AS warehouse_city,
       k.available,
       p.gross_price
FROM products AS p
JOIN suppliers AS s ON s.supplier_id = p.supplier_id
JOIN stock AS k ON k.product_id = p.product_id
JOIN warehouses AS w ON w.code = k.warehouse_code
WHERE p.status = 'on_sale' AND w.is_active;

CREATE VIEW product_ratings AS
SELECT p.product_id,
       p.title,
       count(r.review_id)     AS review_count,
       round(avg(r.stars), 2) AS average_stars
FROM products AS p
LEFT JOIN reviews AS r ON r.product_id = p.product_id AND r.is_visible
GROUP BY p.product_id, p.title;

-- Some rows to look at

INSERT INTO suppliers (supplier_id, name, country_code, contact_email, lead_days) VALUES
  (1, 'Nordlicht Papier', 'DE', 'orders@nordlicht.example', 5),
  (2, 'Atelier Brume', 'FR', 'bonjour@brume.example', 10),
  (3, 'Tin & Timber', 'GB', NULL, 14);

INSERT INTO warehouses (code, city, opened_on, is_active) VALUES
  ('LEJ1', 'Leipzig', '2019-03-01', 1),
  ('LIL1', 'Lille', '2021-09-15', 1),
  ('HAM0', 'Hamburg', '2012-05-20', 0);

INSERT INTO categories (category_id, parent_id, slug, title) VALUES
  (1, NULL, 'writing', 'Writing'),
  (2, 1, 'notebooks', 'Notebooks'),
  (3, 1, 'pens', 'Pens'),
  (4, NULL, 'desk', 'Desk'),
  (5, 4, 'lamps', 'Lamps');

INSERT INTO products (product_id, sku, title, supplier_id, net_price, vat_rate, weight_grams, status, created_at) VALUES
  (1, 'NB-A5-GRID', 'Grid notebook A5', 1, 9.20, 0.19, 240, 'on_sale', '2024-01-10 09:00:00'),
  (2, 'NB-A4-PLAIN', 'Plain notebook A4', 1, 13.40, 0.19, 460, 'on_sale', '2024-01-10 09:05:00'),
  (3, 'PEN-FOUNTAIN', 'Fountain pen', 2, 39.00, 0.2, 35, 'on_sale', '2024-02-02 14:30:00'),
  (4, 'PEN-REFILL', 'Ink refills, ten', 2, 6.50, 0.2, 60, 'on_sale', '2024-02-02 14:31:00'),
  (5, 'LAMP-OAK', 'Oak desk lamp', 3, 118.00, 0.19, 2900, 'on_sale', '2024-03-18 08:00:00'),
  (6, 'TRAY-TIN', 'Tin pen tray', 3, 17.90, 0.19, 310, 'draft', '2024-05-27 16:45:00');

INSERT INTO product_categories (product_id, category_id, position) VALUES
  (1, 2, 1), (2, 2, 2), (3, 3, 1), (4, 3, 2), (5, 5, 1), (6, 3, 3), (6, 4, 1);

INSERT INTO stock (warehouse_code, product_id, on_hand, reserved) VALUES
  ('LEJ1', 1, 120, 3), ('LEJ1', 2, 64, 0), ('LEJ1', 5, 9, 1),
  ('LIL1', 3, 40, 2), ('LIL1', 4, 210, 4), ('HAM0', 1, 5, 0);

INSERT INTO customers (customer_id, email, full_name, phone, marketing_opt_in, registered_at) VALUES
  (1, 'mara@mail.example', 'Mara Lindqvist', '+49 341 5550101', 1, '2024-02-11 10:12:00'),
  (2, 'teo@mail.example', 'Teo Baptiste', NULL, 0, '2024-03-05 19:40:00'),
  (3, 'ines@mail.example', 'Ines Okafor', '+44 20 5550143', 0, '2024-04-22 07:55:00'),
  (4, 'jun@mail.example', 'Jun Hoffmann', NULL, 1, '2024-06-01 12:00:00');

INSERT INTO addresses (address_id, customer_id, kind, street, postcode, city, country_code) VALUES
  (1, 1, 'shipping', 'Lindenweg 4', '04109', 'Leipzig', 'DE'),
  (2, 1, 'billing', 'Lindenweg 4', '04109', 'Leipzig', 'DE'),
  (3, 2, 'shipping', '18 rue des Tanneurs', '59800', 'Lille', 'FR'),
  (4, 3, 'shipping', '7 Wharf Lane', 'E14 5AB', 'London', 'GB'),
  (5, 4, 'shipping', 'Am Speicher 12', '20457', 'Hamburg', 'DE');

INSERT INTO carts (cart_id, customer_id, state, updated_at) VALUES
  ('c-0000000001', 1, 'ordered', '2024-06-03 18:20:00'),
  ('c-0000000002', 2, 'ordered', '2024-06-04 09:10:00'),
  ('c-0000000003', 4, 'open', '2024-06-09 21:02:00'),
  ('c-0000000004', NULL, 'abandoned', '2024-06-07 13:37:00');

INSERT INTO cart_items (cart_id, product_id, quantity) VALUES
  ('c-0000000001', 1, 2), ('c-0000000001', 3, 1), ('c-0000000002', 4, 3),
  ('c-0000000003', 5, 1), ('c-0000000004', 2, 1);

INSERT INTO orders (order_id, customer_id, shipping_address_id, cart_id, state, currency, shipping_fee, placed_at, note) VALUES
  (1001, 1, 1, 'c-0000000001', 'delivered', 'EUR', 4.90, '2024-06-03 18:21:00', NULL),
  (1002, 2, 3, 'c-0000000002', 'shipped', 'EUR', 6.90, '2024-06-04 09:12:00', 'Please ring twice'),
  (1003, 3, 4, NULL, 'placed', 'GBP', 9.50, '2024-06-08 11:30:00', NULL),
  (1004, 1, 1, NULL, 'placed', 'EUR', 0.00, '2024-06-09 08:05:00', 'Gift');

INSERT INTO order_items (order_id, line_no, product_id, quantity, unit_price) VALUES
  (1001, 1, 1, 2, 10.95), (1001, 2, 3, 1, 46.80),
  (1002, 1, 4, 3, 7.80),
  (1003, 1, 3, 1, 46.80), (1003, 2, 4, 1, 7.80),
  (1004, 1, 5, 1, 140.42);

INSERT INTO payments (payment_id, order_id, method, amount_cents, captured_at, receipt) VALUES
  (1, 1001, 'card', 7360, '2024-06-03T18:21:30Z', NULL),
  (2, 1002, 'transfer', 3030, '2024-06-05T07:00:00Z', NULL),
  (3, 1001, 'card', -1095, '2024-06-15T10:00:00Z', x'52454655'),
  (4, 1003, 'card', 6410, NULL, NULL);

INSERT INTO shipments (shipment_id, order_id, warehouse_code, carrier, tracking_code, shipped_at) VALUES
  (1, 1001, 'LEJ1', 'parcel', 'PX0001002001', '2024-06-04 15:00:00'),
  (2, 1001, 'LIL1', 'letter', NULL, '2024-06-04 16:10:00'),
  (3, 1002, 'LIL1', 'parcel', 'PX0001002377', '2024-06-05 12:00:00');

INSERT INTO returns (return_id, order_id, line_no, quantity, reason, refund, received_at) VALUES
  (1, 1001, 1, 1, 'one too many', 10.95, '2024-06-14 09:30:00'),
  (2, 1002, 1, 1, 'not stated', NULL, NULL);

INSERT INTO reviews (review_id, product_id, customer_id, stars, body, is_visible, written_at) VALUES
  (1, 1, 1, 5, 'Lies flat, takes ink well.', 1, '2024-06-12 20:00:00'),
  (2, 3, 1, 4, NULL, 1, '2024-06-12 20:03:00'),
  (3, 4, 2, 2, 'Two of ten were dry.', 0, '2024-06-13 08:45:00'),
  (4, 3, 3, 5, 'A joy.', 1, '2024-06-16 17:20:00');

COMMIT;
