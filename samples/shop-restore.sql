-- Brings the table dropped by shop-changes.sql back, with its index and rows, exactly as shop.sql made it.

PRAGMA foreign_keys = ON;
BEGIN;

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

INSERT INTO returns (return_id, order_id, line_no, quantity, reason, refund, received_at) VALUES
  (1, 1001, 1, 1, 'one too many', 10.95, '2024-06-14 09:30:00'),
  (2, 1002, 1, 1, 'not stated', NULL, NULL);

COMMIT;
