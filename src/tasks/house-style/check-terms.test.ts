import { describe, expect, test } from "vitest";
import { openIn, styled } from "./style.fixture.ts";

const TERM = '"utilise" -> "use"';

describe("a term", () => {
  test.each([
    ["keeps the case of the first letter", "Utilise it. We utilise it.", "Use it. We use it."],
    ["follows in capitals where all is", "HOW TO UTILISE IT", "HOW TO USE IT"],
    [
      "takes sure inflections along",
      "She utilises what we utilised by utilising it.",
      "She uses what we used by using it.",
    ],
    [
      "stays inside other words",
      "We reutilised the utilisers and co-utilise it.",
      "We reutilised the utilisers and co-utilise it.",
    ],
    [
      "stays in quotations",
      "He said “we utilise it” and 'utilise' and \"utilise\".",
      "He said “we utilise it” and 'utilise' and \"utilise\".",
    ],
    ["stays in a quotation that is not closed", "“We utilise it, and so on", "“We utilise it, and so on"],
    [
      "stays in addresses",
      "See https://a.eu/utilise or utilise@a.eu or www.utilise.com.",
      "See https://a.eu/utilise or utilise@a.eu or www.utilise.com.",
    ],
    [
      "stays in code and file names",
      "Run `utilise` with utilise_all, utilise.docx and x.utilise().",
      "Run `utilise` with utilise_all, utilise.docx and x.utilise().",
    ],
    [
      "stays in names",
      "The firm Utilise is ours, and UTILISE too.",
      "The firm Utilise is ours, and UTILISE too.",
    ],
    [
      "stays in citations",
      "As shown (Utilise et al., 2020, p. 5), we utilise it.",
      "As shown (Utilise et al., 2020, p. 5), we use it.",
    ],
  ])("%s", (_, before, after) => {
    expect(styled(before, TERM)).toBe(after);
  });

  test("keeps its possessive and its plural", () => {
    const rule = '"client" -> "customer"';
    expect(styled("The client's view, the clients' view, our clients.", rule)).toBe(
      "The customer's view, the customers' view, our customers.",
    );
  });

  test("brings its article along", () => {
    expect(styled("A client met an old client and a client.", '"client" -> "organisation"')).toBe(
      "An organisation met an old organisation and an organisation.",
    );
  });

  test("is left with a comment where its form or its place is in doubt", () => {
    expect(openIn("They commenced; the commence-date.", 'T1: "commence" -> "begin"')).toEqual([
      "T1: commenced",
      "T1: commence",
    ]);
    expect(openIn("Utilise Group Limited is big.", `T1: ${TERM}`)).toEqual(["T1: Utilise"]);
    expect(openIn("Minutes will document it in a document.", 'T1: "document" -> "paper"')).toEqual([
      "T1: document",
    ]);
  });

  test("may hold the words that it replaces", () => {
    expect(styled("A mail and an e-mail.", '"mail" -> "e-mail"')).toBe("An e-mail and an e-mail.");
    expect(styled("In the EU, the European Union (EU).", '"EU" -> "European Union (EU)"')).toBe(
      "In the European Union (EU), the European Union (EU).",
    );
  });

  test("is case-sensitive where the rule has capitals", () => {
    expect(styled("The Internet and the internet.", '"Internet" -> "internet"')).toBe(
      "The internet and the internet.",
    );
    expect(styled("Covid and covid.", '"covid" -> "COVID-19"')).toBe("COVID-19 and COVID-19.");
  });

  test("leaves German compounds alone and gives inflected words a comment", () => {
    const rule = 'T1: "Handy" -> "Mobiltelefon"';
    const text = "Das Handy und die Handynummer sind in der Liste, und das Diensthandy ist bei den Handys.";
    expect(styled(text, rule)).toBe(text.replace("Das Handy und", "Das Mobiltelefon und"));
    expect(openIn(text, rule)).toEqual(["T1: Handys"]);
  });

  test("stays in people's names", () => {
    expect(styled("Das ist Frau Handy mit dem Handy von J. Handy.", '"Handy" -> "Mobiltelefon"')).toBe(
      "Das ist Frau Handy mit dem Mobiltelefon von J. Handy.",
    );
    expect(styled("Dr. Client is a client.", '"client" -> "customer"')).toBe("Dr. Client is a customer.");
  });

  test("is found with umlauts at its edges", () => {
    expect(styled("Die Größe und die Übergröße sind in der Liste.", '"Größe" -> "Länge"')).toBe(
      "Die Länge und die Übergröße sind in der Liste.",
    );
  });

  test("of several words is found across no-break spaces and hyphens of another kind", () => {
    expect(styled("In\u00a0order\u00a0to win.", '"in order to" -> "to"')).toBe("To win.");
    expect(styled("A kick\u2011off.", '"kick-off" -> "start"')).toBe("A start.");
  });

  test("is taken from the longer of two rules", () => {
    expect(styled("An email address by email.", '"email address" -> "address"', '"email" -> "message"')).toBe(
      "An address by message.",
    );
  });
});

test("a forbidden word is found in its forms, but not in names and quotations", () => {
  expect(
    openIn(
      "We leveraged synergies. “Leverage!” The Synergy Fund is old. Leveraging helps.",
      'F1: never "synergy", "leverage"',
    ),
  ).toEqual(["F1: leveraged", "F1: synergies", "F1: Leveraging"]);
});
