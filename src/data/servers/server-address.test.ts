import { describe, expect, it } from "vitest";
import { BadRequestError } from "../../errors.ts";
import { readServerAddress, serverPlace } from "./server-address.ts";

describe("a server's address", () => {
  it("names host, port, user, password, database and tables", () => {
    expect(
      readServerAddress("postgres://ann:p%40ss%2F1@db.example.org:6543/shop?table=orders,sales.visits"),
    ).toEqual({
      kind: "postgres",
      host: "db.example.org",
      port: 6543,
      user: "ann",
      password: "p@ss/1",
      database: "shop",
      tables: ["orders", "sales.visits"],
      encryption: "preferred",
    });
  });

  it("takes what it doesn't say from the environment and from habit", () => {
    const environment = { PGPASSWORD: "a", CLICKHOUSE_PASSWORD: "b", CLICKHOUSE_USER: "bo" };
    expect(readServerAddress("postgresql://ann@db/?table=t", environment)).toMatchObject({
      port: 5432,
      password: "a",
      database: "ann",
    });
    expect(readServerAddress("clickhouse://db?table=t", environment)).toMatchObject({
      port: 8123,
      user: "bo",
      password: "b",
      database: "default",
      encryption: "none",
    });
    expect(readServerAddress("clickhouse://db/x?secure=1")).toMatchObject({
      port: 8443,
      encryption: "verified",
    });
    expect(
      readServerAddress("postgres://ann@/x?host=/run/postgresql&table=t".replace("@/", "@localhost/")),
    ).toMatchObject({
      host: "/run/postgresql",
      encryption: "none",
    });
    expect(readServerAddress("postgres://ann@db/x?sslmode=verify-full")).toMatchObject({
      encryption: "verified",
    });
  });

  it.each([
    "mysql://ann:hidden@db/shop?table=t",
    "orders.xlsx",
    "postgres://ann:hidden@db/shop?colour=red",
    "postgres://ann:hidden@db/shop?sslmode=perhaps",
  ])("is refused without repeating a password: %s", (text) => {
    const failure = ((): unknown => {
      try {
        return readServerAddress(text);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(BadRequestError);
    const { message, hint } = failure as BadRequestError;
    expect(`${message} ${hint}`).not.toContain("hidden");
  });

  it("is shown to people without user and password", () => {
    const address = readServerAddress("postgres://ann:hidden@db:6543/shop?table=t");
    expect(serverPlace(address)).toBe("postgres://db:6543/shop");
    expect(serverPlace({ ...address, port: 5432, host: "/tmp/socket" })).toBe("postgres://localhost/shop");
  });
});
