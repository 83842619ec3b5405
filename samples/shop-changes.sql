-- The next release of the shop. Run on a database made by shop.sql:
--   shipments.tracking_code  VARCHAR(24) becomes VARCHAR(40)
--   customers.loyalty_tier   is new
--   returns                  is dropped
--   reviews.is_visible       default 0 becomes 1

-- SQLite can change neither a type nor a default in place, so those tables are built anew and copied.
PRAGMA foreign_keys = OFF;
BEGIN;

CREATE TABLE shipments_next (
  shipment_id    INTEGER PRIMARY KEY,
  order_id       INTEGER      NOT NULL REFERENCES orders (order_id),
  warehouse_code CHAR(4)      NOT NULL REFERENCES warehouses (code),
  carrier        VARCHAR(20)  NOT NULL DEFAULT 'parcel',
  tracking_code  VARCHAR(40),
  shipped_at     DATETIME
);
INSERT INTO shipments_next (shipment_id, order_id, warehouse_code, carrier, tracking_code, shipped_at)
SELECT shipment_id, order_id, warehouse_code, carrier, tracking_code, shipped_at FROM shipments;
DROP TABLE shipments;
ALTER TABLE shipments_next RENAME TO shipments;
CREATE UNIQUE INDEX shipments_by_tracking ON shipments (carrier, tracking_code);

-- The view reads the table that is replaced, so it steps aside and comes back as it was.
DROP VIEW product_ratings;
CREATE TABLE reviews_next (
  review_id   INTEGER PRIMARY KEY,
  product_id  INTEGER    NOT NULL REFERENCES products (product_id) ON DELETE CASCADE,
  customer_id INTEGER    REFERENCES customers (customer_id) ON DELETE SET NULL,
  stars       TINYINT    NOT NULL CHECK (stars BETWEEN 1 AND 5),
  body        TEXT,
  is_visible  BOOLEAN    NOT NULL DEFAULT 1,
  written_at  DATETIME   NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (product_id, customer_id)
);
INSERT INTO reviews_next (review_id, product_id, customer_id, stars, body, is_visible, written_at)
SELECT review_id, product_id, customer_id, stars, body, is_visible, written_at FROM reviews;
DROP TABLE reviews;
ALTER TABLE reviews_next RENAME TO reviews;
CREATE VIEW product_ratings AS
SELECT p.product_id,
       p.title,
       count(r.review_id)     AS review_count,
       round(avg(r.stars), 2) AS average_stars
FROM products AS p
LEFT JOIN reviews AS r ON r.product_id = p.product_id AND r.is_visible
GROUP BY p.product_id, p.title;

ALTER TABLE customers ADD COLUMN loyalty_tier VARCHAR(12) NOT NULL DEFAULT 'standard';

DROP TABLE returns;

-- Lists rows that refer to nothing; there are none.
PRAGMA foreign_key_check;
COMMIT;
PRAGMA foreign_keys = ON;
