import { describe, expect, it } from "vitest";
import { findSecrets } from "./find-secrets.ts";
import { seededRandom } from "./id-samples.fixture.ts";

const texts = (text: string): string[] => findSecrets(text).map(({ start, end }) => text.slice(start, end));

// Put together here, so that no scanner takes this file for a leak.
const random = seededRandom(11);
const drawn = (
  count: number,
  letters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789",
): string => Array.from({ length: count }, () => letters[Math.floor(random() * letters.length)]).join("");
const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

describe("secrets", () => {
  it.each([
    ["private key", () => `-----BEGIN RSA PRIVATE KEY-----\n${drawn(200)}\n-----END RSA PRIVATE KEY-----`],
    ["AWS access key", () => `AKIA${drawn(16, CAPITALS)}`],
    ["GitHub token", () => `ghp_${drawn(36)}`],
    ["GitHub token", () => `github_pat_${drawn(60)}`],
    ["GitLab token", () => `glpat-${drawn(20)}`],
    ["Slack token", () => `xoxb-${drawn(40)}`],
    ["API key (sk-)", () => `sk-proj-${drawn(60)}`],
    ["API key (sk-)", () => `sk-${drawn(48)}`],
    ["Stripe key", () => `sk_live_${drawn(24)}`],
    ["Google API key", () => `AIza${drawn(35)}`],
    ["npm token", () => `npm_${drawn(36)}`],
    ["Hugging Face token", () => `hf_${drawn(34)}`],
    ["JWT", () => `eyJ${drawn(30)}.eyJ${drawn(80)}.${drawn(43)}`],
  ])("finds a %s wherever it stands", (_rule, write) => {
    for (let index = 0; index < 50; index += 1) {
      const value = write();
      expect(texts(`use ${value} for it`)).toEqual([value]);
      expect(texts(`"${value}",`)).toEqual([value]);
    }
  });

  it("finds what looks drawn by chance behind a key word, and only the value", () => {
    expect(texts("password: Tr0ub4dor&3x!")).toEqual(["Tr0ub4dor&3x!"]);
    expect(texts('{"api_key": "9f86d081884c7d659a2feaa0c55ad015"}')).toEqual([
      "9f86d081884c7d659a2feaa0c55ad015",
    ]);
    expect(texts("La contraseña es Verano-2026-xK9.")).toEqual(["Verano-2026-xK9"]);
    expect(texts("postgres://writer:s3cr3tpw@db.internal:5432/x")).toEqual(["s3cr3tpw"]);
  });

  it.each([
    "The password is required for all users.",
    "Your password must contain at least eight characters and 1 digit.",
    "The secret of success is patience and determination.",
    "token: <your-token-here>",
    `password = $${"{DB_PASSWORD}"}`,
    "password: ********",
    "The API key is described in chapter 12345678.",
    "The account key: balances of 2026",
    "sk-learn and scikit-learn are names",
    "a task-oriented-description-of-the-work-to-be-done",
  ])("leaves alone: %s", (text) => {
    expect(texts(text)).toEqual([]);
  });

  it.each([
    ["-----BEGIN PRIVATE KEY-----".repeat(3_000)],
    ["eyJ".repeat(30_000)],
    ["password: ".repeat(10_000)],
    ["a://b:".repeat(15_000)],
  ])("is done in reasonable time with hostile text (%#)", (text) => {
    const started = performance.now();
    findSecrets(text);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
