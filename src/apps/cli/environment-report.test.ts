import { describe, expect, it } from "vitest";
import { environmentReport, unknownVariables } from "./environment-report.ts";

describe("environmentReport", () => {
  it("shows what is set and never a secret", () => {
    const lines = environmentReport({
      TANDEM_DATA: "/srv/tandem",
      TANDEM_STORE: "postgres://me:canary1@db.example/tandem?sslmode=require&password=canary2",
      TANDEM_ROOM_KEY: "canary3",
      TANDEM_DEPLOYMENTS: '{"a": {"targets": ["canary4"]}}',
      OPENAI_API_KEY: "canary5",
      OPENAI_BASE_URL: "http://me:canary6@host/v1",
      OTEL_EXPORTER_OTLP_HEADERS: "api-key=canary7",
      HTTPS_PROXY: "http://me:canary8@proxy:3128",
      PATH: "canary9",
      TANDEM_MODEL: "",
    });
    expect(lines.join("\n")).not.toContain("canary");
    expect(lines).toContain("TANDEM_DATA=/srv/tandem");
    expect(lines).toContain("OPENAI_API_KEY=(set)");
    expect(lines).toContain(
      "TANDEM_STORE=postgres://(hidden)@db.example/tandem?sslmode=require&password=(hidden)",
    );
    expect(lines).toHaveLength(8);
  });

  it("hides passwords that hold slashes and at signs", () => {
    expect(environmentReport({ TANDEM_STORE: "postgres://me:can/ary@x@db/t" })[0]).toBe(
      "TANDEM_STORE=postgres://(hidden)@db/t",
    );
  });
});

describe("unknownVariables", () => {
  it("finds slips, not the variables there are", () => {
    expect(
      unknownVariables({ TANDEM_STROE: "x", TANDEM_STORE: "x", TANDEM_CORS_ORIGINS: "", HOME: "x" }),
    ).toEqual(["TANDEM_STROE"]);
  });
});
