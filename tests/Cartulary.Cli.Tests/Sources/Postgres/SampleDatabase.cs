namespace Cartulary.Cli.Tests.Sources.Postgres;

/// <summary>The script of a small database that has one of everything that a crawl reads.</summary>
internal static class SampleDatabase
{
    public const string Script =
        """"
        CREATE SCHEMA sales;
        CREATE SCHEMA staff;
        CREATE SCHEMA "odd/100%";
        COMMENT ON SCHEMA sales IS 'Orders and what belongs to them';
        CREATE TYPE sales.order_state AS ENUM ('open', 'paid');
        CREATE DOMAIN sales.email AS varchar(80) NOT NULL;

        CREATE TABLE sales.customers (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email sales.email UNIQUE, name text,
          joined timestamptz NOT NULL DEFAULT now(), tags varchar(20)[], flags bit(8) DEFAULT B'00000000');
        COMMENT ON TABLE sales.customers IS 'People who bought something';
        COMMENT ON COLUMN sales.customers.email IS 'Where the bill goes';
        CREATE TABLE sales.orders (
          id bigint, customer_id bigint NOT NULL REFERENCES sales.customers, placed_on date NOT NULL,
          state sales.order_state NOT NULL DEFAULT 'open', total numeric(12,2) NOT NULL DEFAULT 0,
          net numeric(12,2) GENERATED ALWAYS AS (total / 1.2) STORED, rounded numeric(5,-2), PRIMARY KEY (id, placed_on))
          PARTITION BY RANGE (placed_on);
        CREATE TABLE sales.orders_2025 PARTITION OF sales.orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        CREATE TABLE staff.orders_2026 PARTITION OF sales.orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY RANGE (placed_on);
        CREATE TABLE staff.orders_2026_spring PARTITION OF staff.orders_2026 FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
        CREATE TABLE "odd/100%"."a/b" ("c%d" integer, "é ""q""" char(3));

        CREATE FOREIGN DATA WRAPPER tapes;
        CREATE SERVER archive FOREIGN DATA WRAPPER tapes;
        CREATE FOREIGN TABLE sales.old_orders (id bigint, total numeric) SERVER archive OPTIONS (schema_name 'y1999', table_name 'orders', secret 'hush');

        CREATE VIEW sales.paid AS
          SELECT o.id, c.email, o.total * 2 AS doubled, sum(o.net) OVER (PARTITION BY c.id) AS running, 1 AS one
          FROM sales.orders o JOIN sales.customers c ON c.id = o.customer_id WHERE o.state = 'paid';
        COMMENT ON VIEW sales.paid IS 'What was paid';
        CREATE VIEW staff.everyone AS
          WITH buyers AS (SELECT id, email FROM sales.paid) SELECT id, coalesce(email, '-') AS label FROM buyers
          UNION ALL SELECT id, name FROM sales.customers;
        CREATE MATERIALIZED VIEW sales.per_day AS SELECT placed_on, count(*) AS orders, sum(total) AS total FROM sales.orders GROUP BY placed_on;
        CREATE VIEW sales.constants AS SELECT 1 AS one;

        CREATE FUNCTION sales.vat(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT amount * 0.2';
        CREATE FUNCTION sales.vat(amount numeric, state sales.order_state) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT amount';
        COMMENT ON FUNCTION sales.vat(numeric) IS 'A fifth';
        CREATE PROCEDURE staff.close_year(year integer) LANGUAGE sql AS 'SELECT year';
        CREATE AGGREGATE sales.total(numeric) (SFUNC = numeric_add, STYPE = numeric);
        """";
}
