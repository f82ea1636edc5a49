import { describe, expect, test } from "vitest";
import { type CheckOptions, checkCandidate, checkInsertion, type ObjectionCode } from "./check-candidate.ts";

const codes = (
  source: string,
  candidate: string,
  options: Partial<CheckOptions> = {},
): readonly ObjectionCode[] =>
  checkCandidate(source, candidate, { kind: "shorten", ...options }).map((objection) => objection.code);

const HOSTING =
  "The shared platform will be hosted by Larkfield in its data centre in Leipzig, which has been certified under ISO 27001 since 2021.";
const BACKUP =
  "In order to be able to guarantee a quick recovery, a full backup of the order database is taken every night at 02:00 UTC and is kept for a period of 35 days.";
const FEE =
  "The monthly fee for the operation of the service amounts to EUR 12,400 and covers up to 250 named users in total.";
const NOTICE =
  "The supplier shall notify the customer of any incident in writing within 24 hours after it becomes aware of the incident.";
const MEETING =
  "The joint team is going to meet every Tuesday by video conference, and it will report on its progress to Inês Duarte and to Paul Okoro.";
const PILOT =
  "The pilot, which is expected to begin on 2 February, will last for approximately six weeks and may be extended by two weeks.";
const RULE =
  "No data may be moved to another country unless the security officer of Brightwater has approved the move in writing beforehand.";
const STEPS =
  "Records are exported from the old system and checked for duplicates, and records that cannot be mapped automatically are reviewed by hand.";

describe("a strict check accepts", () => {
  test.each([
    [
      "leaving out an empty phrase",
      BACKUP,
      "To guarantee a quick recovery, a full backup of the order database is taken every night at 02:00 UTC and is kept for 35 days.",
    ],
    [
      "leaving out an adverb phrase",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 12,400 and covers up to 250 named users.",
    ],
    [
      "another word for the same comparison",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 12,400 and covers at most 250 named users.",
    ],
    [
      "a currency sign for its code",
      FEE,
      "The monthly fee for the operation of the service amounts to €12,400 and covers up to 250 named users.",
    ],
    [
      "going to as will",
      MEETING,
      "The joint team will meet every Tuesday by video conference and report on its progress to Inês Duarte and Paul Okoro.",
    ],
    [
      "digits for a spelled number",
      PILOT,
      "The pilot, expected to begin on 2 February, will last for approximately 6 weeks and may be extended by 2 weeks.",
    ],
    [
      "must for shall",
      NOTICE,
      "The supplier must notify the customer of any incident in writing within 24 hours after it becomes aware of the incident now."
        .replace(" now", "")
        .replace("of the incident.", "of it."),
    ],
    [
      "a participle for a relative clause",
      "The support that is provided by the vendor during the week is included in the fee.",
      "The support provided by the vendor during the week is included in the fee.",
    ],
    [
      "a shorter form of the same words",
      "A restore test is carried out once per quarter, and the results of the test are reported to the steering committee.",
      "A restore test is carried out once per quarter, and the results are reported to the steering committee.",
    ],
    [
      "a plain synonym",
      "A restore test is carried out once per quarter, and the results of the test are reported to the steering committee.",
      "A restore test is performed once per quarter, and the results are reported to the steering committee.",
    ],
    [
      "a verb for a noun of the same stem",
      "The solution represents a basis for a partnership that will be of benefit to both sides.",
      "The solution represents a basis for a partnership that will benefit both sides.",
    ],
    [
      "an article less",
      "The migration of the existing customer records is carried out in three steps.",
      "The migration of existing customer records is carried out in three steps.",
    ],
    [
      "not only, but also made plain",
      "This leads not only to delays but also to mistakes which are costly.",
      "This leads to delays and also to mistakes which are costly.",
    ],
    [
      "in the event that as if",
      "In the event that the primary site fails, the secondary site takes over within four hours.",
      "If the primary site fails, the secondary site takes over within 4 hours.",
    ],
    [
      "prior to as before",
      "The users are informed by e-mail prior to the start of maintenance work on the system.",
      "Users are informed by e-mail before the start of maintenance work on the system.",
    ],
    [
      "a contraction",
      "The response time does not include the time that is needed to repair the device.",
      "Response time doesn't include the time needed to repair the device.",
    ],
    [
      "an address that stays",
      "All the further details can be found by all partners at https://docs.example.org/api at any time.",
      "Further details can be found by partners at https://docs.example.org/api at any time.",
    ],
    [
      "a placeholder that stays",
      "The figures that are given in [[1]] are those of the audited report of the year 2024.",
      "The figures given in [[1]] are those of the audited report of the year 2024.",
    ],
    [
      "percent for its sign",
      "Prices may be increased by a maximum of 3 percent each year after the review.",
      "Prices may be increased by at most 3% each year after review.",
    ],
  ])("%s", (_, source, candidate) => {
    expect(checkCandidate(source, candidate, { kind: "shorten" })).toEqual([]);
  });
});

describe("a strict check refuses", () => {
  test.each<[string, string, string, ObjectionCode]>([
    [
      "a new company",
      HOSTING,
      "The shared platform will be hosted by Northgate in its data centre in Leipzig, certified under ISO 27001 since 2021.",
      "new-name",
    ],
    [
      "a new town",
      HOSTING,
      "The shared platform will be hosted by Larkfield in its data centre in Dresden, certified under ISO 27001 since 2021.",
      "new-name",
    ],
    [
      "a new abbreviation",
      HOSTING,
      "The shared SLA platform will be hosted by Larkfield in its data centre in Leipzig, certified under ISO 27001 since 2021.",
      "new-name",
    ],
    [
      "a name said once more",
      HOSTING,
      "The Larkfield platform will be hosted by Larkfield in its data centre in Leipzig, certified under ISO 27001 since 2021.",
      "new-name",
    ],
    [
      "a lost name",
      MEETING,
      "The joint team will meet every Tuesday by video conference and report on its progress to Inês Duarte.",
      "lost-name",
    ],
    [
      "a lost town",
      HOSTING,
      "The shared platform will be hosted by Larkfield in its data centre, certified under ISO 27001 since 2021.",
      "lost-name",
    ],
    [
      "a new number",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 12,500 and covers up to 250 named users.",
      "new-number",
    ],
    [
      "a digit less",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 1,240 and covers up to 250 named users.",
      "new-number",
    ],
    [
      "a lost number",
      FEE,
      "The monthly fee for the operation of the service covers up to 250 named users.",
      "lost-number",
    ],
    [
      "a number said twice",
      FEE,
      "The monthly fee of the service amounts to EUR 12,400 for 250 and covers up to 250 named users.",
      "new-number",
    ],
    [
      "a new year",
      HOSTING,
      "The shared platform will be hosted by Larkfield in its data centre in Leipzig, certified under ISO 27001 since 2020.",
      "new-date",
    ],
    [
      "a lost year",
      HOSTING,
      "The shared platform will be hosted by Larkfield in its data centre in Leipzig, certified under ISO 27001.",
      "lost-date",
    ],
    [
      "a new month",
      PILOT,
      "The pilot, expected to begin on 2 March, will last for approximately six weeks and may be extended by two weeks.",
      "new-date",
    ],
    [
      "a new weekday",
      MEETING,
      "The joint team will meet every Friday by video conference and report on its progress to Inês Duarte and Paul Okoro.",
      "new-date",
    ],
    [
      "a lost weekday",
      MEETING,
      "The joint team will meet by video conference and report on its progress to Inês Duarte and Paul Okoro.",
      "lost-date",
    ],
    [
      "a lost time of day",
      BACKUP,
      "To guarantee a quick recovery, a full backup of the order database is taken every night and is kept for 35 days.",
      "lost-date",
    ],
    [
      "another time of day",
      BACKUP,
      "To guarantee a quick recovery, a full backup of the order database is taken every night at 03:00 UTC and kept for 35 days.",
      "new-date",
    ],
    [
      "another frequency",
      BACKUP,
      "To guarantee a quick recovery, a full backup of the order database is taken every week at 02:00 UTC and kept for 35 days.",
      "new-date",
    ],
    [
      "units that changed places",
      "The pilot takes 12 weeks of work and needs 4 engineers of the vendor on site.",
      "The pilot takes 4 weeks of work and needs 12 engineers of the vendor.",
      "number-context",
    ],
    [
      "up to left out",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 12,400 and covers 250 named users.",
      "number-context",
    ],
    [
      "approximately left out",
      PILOT,
      "The pilot, expected to begin on 2 February, will last for six weeks and may be extended by two weeks.",
      "number-context",
    ],
    [
      "at least made at most",
      "Notice is given by the vendor at least 60 days before the change takes effect.",
      "Notice is given by the vendor at most 60 days before the change takes effect.",
      "number-context",
    ],
    [
      "within made after",
      "Requests are answered by the help desk within 4 hours on working days.",
      "Requests are answered by the help desk after 4 hours on working days.",
      "number-context",
    ],
    [
      "hours made minutes",
      "Requests of the users are answered by the help desk within 4 hours.",
      "Requests of users are answered by the help desk within 4 minutes.",
      "new-date",
    ],
    [
      "a new address",
      FEE,
      "The monthly fee for the operation of the service is on https://fees.example.net: EUR 12,400 for up to 250 named users.",
      "new-address",
    ],
    [
      "a lost address",
      "All the further details can be found by all partners at https://docs.example.org/api at any time.",
      "Further details can be found by partners at any time.",
      "lost-address",
    ],
    [
      "a new e-mail address",
      FEE,
      "The monthly fee for the service amounts to EUR 12,400 and covers up to 250 named users, see a@b.example.",
      "new-address",
    ],
    [
      "a new claim",
      HOSTING,
      "The shared secure platform will be hosted by Larkfield in its data centre in Leipzig, certified under ISO 27001 since 2021.",
      "new-claim",
    ],
    [
      "a new reason",
      BACKUP,
      "To guarantee compliance, a full backup of the order database is taken every night at 02:00 UTC and is kept for 35 days.",
      "new-claim",
    ],
    [
      "a new verb",
      MEETING,
      "The joint team will meet every Tuesday by video conference and negotiate its progress with Inês Duarte and Paul Okoro.",
      "new-claim",
    ],
    [
      "a lost not",
      "The response time does not include the time that is needed to repair the device.",
      "The response time does include the time needed to repair the device.",
      "negation",
    ],
    [
      "a new not",
      "The price includes the support and the training of the users in the first week.",
      "The price does not include support and training of users in the first week.",
      "negation",
    ],
    [
      "a lost without",
      "The vendor shall inform the customer of any change without undue delay by e-mail.",
      "The vendor shall inform the customer of any change by e-mail.",
      "negation",
    ],
    [
      "a not that moved",
      STEPS,
      "Records are exported from the old system and checked for duplicates, and records cannot be automatically reviewed by hand.",
      "negation",
    ],
    [
      "a lost never",
      "The keys are never shared with the staff of the hosting company at any time.",
      "The keys are shared with the staff of the hosting company at any time.",
      "negation",
    ],
    [
      "no turned into may",
      RULE,
      "Data may be moved to another country if the security officer of Brightwater has approved the move in writing.",
      "negation",
    ],
    [
      "a lost unless",
      RULE,
      "No data may be moved to another country, the security officer of Brightwater has approved in writing beforehand.",
      "condition",
    ],
    [
      "a lost if",
      "The secondary site takes over the whole service if the primary site of the vendor fails.",
      "The secondary site takes over the service of the vendor.",
      "condition",
    ],
    [
      "a lost condition at the start",
      "Upon termination of the contract, the vendor hands over all the data in an open format.",
      "The vendor hands over the data of the contract in an open format.",
      "condition",
    ],
    [
      "a lost only",
      "A decision about the rollout is only taken by the board after the evaluation is done.",
      "A decision about the rollout is taken by the board after the evaluation.",
      "condition",
    ],
    [
      "a new only",
      "Users of both companies can see the report on the portal every day in the morning.",
      "Only users of both companies can see the report on the portal every day in the morning.",
      "condition",
    ],
    [
      "before turned into after",
      "Any exception must be approved in writing by the officer before it takes effect on the system.",
      "Any exception must be approved in writing by the officer after it takes effect on the system.",
      "condition",
    ],
    [
      "may turned into will",
      PILOT,
      "The pilot, expected to begin on 2 February, will last for approximately six weeks and will be extended by two weeks.",
      "modality",
    ],
    [
      "shall turned into may",
      NOTICE,
      "The supplier may notify the customer of any incident in writing within 24 hours after it becomes aware of it.",
      "modality",
    ],
    [
      "a lost shall",
      NOTICE,
      "The supplier notifies the customer of any incident in writing within 24 hours after it becomes aware of it.",
      "modality",
    ],
    [
      "can turned into must",
      "Users can submit requests through the portal or by phone at any time of the day.",
      "Users must submit requests through the portal or by phone at any time of day.",
      "modality",
    ],
    [
      "a lost will",
      "The evaluation of the answers will be conducted jointly by the two parties in the spring.",
      "The evaluation of answers is conducted jointly by the two parties in spring.",
      "modality",
    ],
    [
      "expected left out",
      PILOT,
      "The pilot, which begins on 2 February, will last for approximately six weeks and may be extended by two weeks.",
      "modality",
    ],
    [
      "planned left out",
      "It is planned that the new office of the company opens in Graz in the autumn.",
      "The new office of the company opens in Graz in the autumn.",
      "modality",
    ],
    [
      "past for future",
      "The platform is tested by the users of the claims department in the first week.",
      "The platform was tested by users of the claims department in the first week.",
      "modality",
    ],
    [
      "most turned into all",
      "Most customers of the company renew their contract after the first year of use.",
      "All customers of the company renew their contract after the first year.",
      "quantity",
    ],
    [
      "most left out",
      "Most customers of the company renew their contract after the first year of use.",
      "Customers of the company renew their contract after the first year of use.",
      "quantity",
    ],
    [
      "either turned into both",
      "Either party may terminate this agreement by giving the other party 90 days' written notice.",
      "Both parties may terminate this agreement by giving 90 days' written notice.",
      "quantity",
    ],
    [
      "and turned into or",
      "Support is given by phone and by e-mail during the week to the users of the tool.",
      "Support is given by phone or e-mail during the week to users of the tool.",
      "quantity",
    ],
    [
      "and turned into such as",
      "The notice contains a description of the incident, the categories of data and the measures of the vendor.",
      "The notice contains a description of the incident, such as categories of data and measures of the vendor.",
      "quantity",
    ],
    [
      "parties that changed places",
      "The supplier pays the customer the agreed sum within 30 days after receipt of the invoice.",
      "The customer pays the supplier the agreed sum within 30 days after receipt of the invoice.".replace(
        " agreed",
        "",
      ),
      "who-does-what",
    ],
    [
      "another subject",
      "If the main site becomes unavailable, the service will be taken over by the second site in Cork.",
      "If the main site becomes unavailable, this site will be taken over by the second one in Cork.",
      "who-does-what",
    ],
    [
      "a statement on another thing",
      "The pilot runs in Porto, while the production system is hosted by the vendor in Leipzig.",
      "The pilot in Porto is hosted by the vendor in Leipzig.",
      "who-does-what",
    ],
    [
      "by turned into to",
      "Support requests can be submitted by the users at any time through the portal of the vendor.",
      "Support requests can be submitted to users at any time through the portal of the vendor.",
      "who-does-what",
    ],
    [
      "what is done turned into doing",
      "It is possible that some of the older devices will no longer be supported by the new version of the software.",
      "It is possible that some of the older devices will no longer support the new version of the software.",
      "who-does-what",
    ],
    [
      "a thing that lost its head",
      "The new building has two lifts, offers space for up to 420 employees on four floors and has a canteen.",
      "The new building has two lifts, offers up to 420 employees on four floors and has a canteen.",
      "who-does-what",
    ],
    [
      "a statement under another subject",
      "The offices will remain closed until 4 January and that urgent enquiries can be addressed to the hotline during this time.",
      "The offices will remain closed until 4 January and can be addressed to the hotline during this time.",
      "who-does-what",
    ],
    [
      "a duty that lost its subject",
      "Any exception to this rule must be approved in writing by the security officer of the company before it takes effect.",
      "This rule must be approved in writing by the security officer of the company before it takes effect.",
      "who-does-what",
    ],
    [
      "a place that was only documented",
      "The gateway offers data by a REST interface, which is documented in the developer portal of the vendor.",
      "The gateway offers data by a REST interface in the developer portal of the vendor.",
      "who-does-what",
    ],
    [
      "a lost in writing",
      "Any exception to this rule has to be approved in writing by the security officer of Brightwater and by its board.",
      "Any exception to this rule has to be approved by the security officer of Brightwater and by its board.",
      "lost-content",
    ],
    [
      "a lost around the clock",
      "Requests of priority 1 are answered within 30 minutes around the clock, and all others within two working days.",
      "Requests of priority 1 are answered within 30 minutes, and all others within two working days.",
      "lost-date",
    ],
    [
      "an adverb in the place of a person",
      "Invoices are sent to the customer monthly by e-mail and are payable within 14 days without deduction.",
      "Invoices are sent to monthly by e-mail and are payable within 14 days without deduction.",
      "who-does-what",
    ],
    [
      "a clause that lost its verb",
      "If the board upholds the rule, the vendor would deliver the tool as a container, the buyer would run it, and the monthly cost would be the buyer's to bear.",
      "If the board upholds the rule, the vendor would deliver the tool as a container, and the buyer's monthly cost to bear.",
      "lost-content",
    ],
    [
      "a contrast for a conclusion",
      "The gateway sees the reason and the sender together, and it is therefore covered by that rule of the board.",
      "The gateway sees the reason and the sender together, but it is covered by that rule of the board.",
      "new-claim",
    ],
    [
      "a new which",
      "The gateway sees the reason and the sender together, and it is covered by that rule of the board.",
      "The gateway sees the reason and the sender together, which is covered by that rule of the board.",
      "who-does-what",
    ],
    [
      "one that became several",
      "In the first step, the records are exported from the legacy system and checked for duplicates by hand.",
      "In the first step, records are exported from the legacy systems and checked for duplicates by hand.",
      "quantity",
    ],
    [
      "another tense",
      "The new building, which was designed by two architects, offers space for all the employees of the company.",
      "The new building, which is designed by two architects, offers space for all employees of the company.",
      "modality",
    ],
    [
      "a colon for a verb",
      "Requests of priority 1 are answered within 30 minutes, and all the other requests within two working days.",
      "Requests of priority 1: within 30 minutes, and all other requests within two working days.",
      "punctuation",
    ],
    [
      "we that speaks",
      "The team reviews the report of the vendor each month and sends its comments to the board.",
      "We review the report of the vendor each month and send comments to the board.",
      "who-does-what",
    ],
    [
      "a word twice",
      FEE,
      "The monthly fee for the operation operation of the service amounts to EUR 12,400 for up to 250 named users.",
      "repeats",
    ],
    [
      "a phrase twice",
      STEPS,
      "Records are exported from the old system, records are exported from the old system by hand.",
      "repeats",
    ],
    [
      "the same length",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 12,400, and it covers up to 250 of the named users.",
      "not-shorter",
    ],
    [
      "a cut-off end",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 12,400 and covers up to 250 named",
      "cut-off",
    ],
    [
      "an end in mid-phrase",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 12,400 and covers up to 250 named users of the.",
      "cut-off",
    ],
    [
      "a start in mid-sentence",
      FEE,
      "monthly fee for the operation of the service amounts to EUR 12,400 and covers up to 250 named users.",
      "cut-off",
    ],
    [
      "an open bracket",
      FEE,
      "The monthly fee (for the operation of the service amounts to EUR 12,400 and covers up to 250 named users.",
      "cut-off",
    ],
    [
      "a greeting",
      FEE,
      "Here is the rewritten text: The monthly fee amounts to EUR 12,400 and covers up to 250 named users.",
      "chatter",
    ],
    ["an apology", FEE, "I am sorry, I cannot do that.", "chatter"],
    [
      "talk about the text",
      MEETING,
      "This sentence describes that the joint team meets every Tuesday.",
      "chatter",
    ],
    [
      "a hash tag",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 12,400 for 250 users. #Innovation",
      "chatter",
    ],
    [
      "markup",
      FEE,
      "The **monthly fee** for the operation of the service amounts to EUR 12,400 and covers up to 250 named users.",
      "chatter",
    ],
    [
      "several lines",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 12,400.\nIt covers up to 250 named users.",
      "chatter",
    ],
    ["the same text", FEE, FEE, "unchanged"],
    ["the same text in other spaces", FEE, `${FEE.replace(" fee", "  fee")} `, "unchanged"],
    ["nothing at all", FEE, "", "cut-off"],
    [
      "a text that lost most",
      BACKUP,
      "A backup is taken every night at 02:00 UTC for 35 days.",
      "lost-content",
    ],
    [
      "a duty with a part less",
      NOTICE,
      "The supplier shall notify the customer within 24 hours after it becomes aware of it.",
      "lost-content",
    ],
    [
      "a lost placeholder",
      "The figures that are given in [[1]] are those of the audited report of the year 2024.",
      "The figures given are those of the audited report of the year 2024.",
      "lost-placeholder",
    ],
    [
      "placeholders in another order",
      "The figures in [[1]] and the notes in [[2]] are those of the audited report of the year.",
      "The notes in [[2]] and figures in [[1]] are those of the audited report of the year.",
      "lost-placeholder",
    ],
    [
      "a placeholder of its own",
      FEE,
      "The monthly fee for the operation of the service amounts to EUR 12,400 and covers up to 250 users [[1]].",
      "lost-placeholder",
    ],
  ])("%s", (_, source, candidate, code) => {
    expect(codes(source, candidate)).toContain(code);
  });

  test("a link's text in other words", () => {
    const source = "The terms of use of the service apply to all users of the portal without any exception.";
    expect(
      codes(source, "The terms of the service apply to users of the portal without any exception.", {
        held: ["terms of use"],
      }),
    ).toContain("lost-term");
  });

  test("a name at the start of a sentence when the document knows it as one", () => {
    const source = "Larkfield runs the platform. The other company pays for the platform each month.";
    expect(
      codes(source, "The other company pays for the platform each month.", { names: new Set(["larkfield"]) }),
    ).toContain("lost-name");
  });

  test("what a small model made of a sentence on requests", () => {
    const source =
      "Requests of priority 1 are answered within 30 minutes around the clock, requests of priority 2 within four hours on working days, and all other requests within two working days.";
    expect(
      codes(
        source,
        "Requests of priority 1 and 2 are answered within 30 minutes, within four hours on working days, and within two working days.",
      ),
    ).toContain("who-does-what");
    expect(
      codes(
        source,
        "Requests of priority 1: within 30 minutes, requests of priority 2: within four hours, and requests of priority 3: within two working days.",
      ),
    ).toContain("new-number");
  });
});

describe("a loose check", () => {
  const source =
    "It should be noted that the vendor will not be able to begin with the migration of the 40 sites before the board of Larkfield has given its approval, which is expected on 12 May 2026.";

  test.each([
    [
      "free wording",
      "The vendor cannot start migrating the 40 sites before Larkfield's board approves, which is expected on 12 May 2026.",
    ],
    [
      "another order",
      "Before the board of Larkfield gives its approval, expected on 12 May 2026, the vendor will not begin to migrate the 40 sites.",
    ],
  ])("accepts %s", (_, candidate) => {
    expect(checkCandidate(source, candidate, { kind: "shorten", strictness: "loose" })).toEqual([]);
  });

  test.each<[string, string, ObjectionCode]>([
    [
      "a lost negation",
      "The vendor begins migrating the 40 sites when Larkfield's board gives its approval, expected on 12 May 2026.",
      "negation",
    ],
    [
      "a new date",
      "The vendor cannot begin migrating the 40 sites before Larkfield's board approves, expected on 13 May 2026.",
      "new-number",
    ],
    [
      "a lost number",
      "The vendor cannot begin migrating the sites before Larkfield's board approves, expected on 12 May 2026.",
      "lost-number",
    ],
    [
      "a new name",
      "The vendor cannot begin migrating the 40 sites before Larkfield's board and Mr Webber approve, expected on 12 May 2026.",
      "new-name",
    ],
    [
      "a duty",
      "The vendor must not begin migrating the 40 sites before Larkfield's board approves, expected on 12 May 2026.",
      "modality",
    ],
    [
      "a promise",
      "The vendor guarantees not to begin migrating the 40 sites before Larkfield's board approves, expected on 12 May 2026.",
      "new-claim",
    ],
    [
      "words of its own",
      "Sadly the weather, budget squabbles and strikes delay the 40 sites; Larkfield cannot act before 12 May 2026.",
      "new-claim",
    ],
  ])("refuses %s", (_, candidate, code) => {
    expect(codes(source, candidate, { kind: "shorten", strictness: "loose" })).toContain(code);
  });

  test("lets a free instruction bring in the facts that it names, and no others", () => {
    const options = {
      kind: "free",
      strictness: "loose",
      allowedText: "change the delivery time to 14 days for Larkfield",
    } as const;
    const delivery = "The vendor delivers the goods within 30 days after the order.";
    expect(
      codes(delivery, "The vendor delivers the goods to Larkfield within 14 days after the order.", options),
    ).toEqual([]);
    expect(
      codes(delivery, "The vendor delivers the goods to Larkfield within 15 days after the order.", options),
    ).toContain("new-number");
    expect(codes(delivery, "HACKED by Mallory.", options)).toContain("new-name");
    expect(codes(delivery, "Everything here was replaced with words from nowhere.", options)).toContain(
      "new-claim",
    );
  });

  test("lets a formal rewrite replace words but not facts", () => {
    const options = { kind: "formal", strictness: "loose" } as const;
    const casual = "We've had a look at your 3 offers and we can't take them, sorry about that.";
    expect(
      codes(casual, "We have reviewed your three offers and regret that we cannot accept them.", options),
    ).toEqual([]);
    expect(
      codes(casual, "We have reviewed your four offers and regret that we cannot accept them.", options),
    ).toContain("new-number");
  });
});

describe("a grammar check", () => {
  const options = { kind: "grammar" } as const;

  test("accepts corrected spelling", () => {
    expect(
      codes(
        "The suplier deliver the goods within 14 days too the customer.",
        "The supplier delivers the goods within 14 days to the customer.",
        options,
      ),
    ).toEqual([]);
  });

  test("refuses a rewrite", () => {
    expect(
      codes(
        "The suplier deliver the goods within 14 days.",
        "Goods come from the merchant within 14 days.",
        options,
      ),
    ).toContain("new-claim");
  });
});

describe("other languages", () => {
  const german =
    "Der Anbieter betreibt die Plattform für die Dauer von 24 Monaten im Rechenzentrum in Leipzig und sichert die Daten täglich.";

  test("numbers and names are held", () => {
    expect(
      codes(
        german,
        "Der Anbieter betreibt die Plattform für 36 Monate im Rechenzentrum in Leipzig und sichert die Daten täglich.",
      ),
    ).toContain("new-number");
    expect(
      codes(
        german,
        "Der Anbieter betreibt die Plattform für 24 Monate im Rechenzentrum in Dresden und sichert die Daten täglich.",
      ),
    ).toContain("new-name");
  });

  test("leaving out words is accepted", () => {
    expect(
      codes(
        german,
        "Der Anbieter betreibt die Plattform 24 Monate im Rechenzentrum in Leipzig und sichert die Daten täglich.",
      ),
    ).toEqual([]);
  });
});

describe("new text", () => {
  const allowed = "add a sentence that interest of 5 percent is due after 30 days";

  test("may hold the facts that are given", () => {
    expect(checkInsertion("Interest of 5 percent is due after 30 days.", allowed)).toEqual([]);
  });

  test.each([
    ["a number", "Interest of 6 percent is due after 30 days."],
    ["a name", "Interest of 5 percent is due to Mallory after 30 days."],
    ["chatter", "Sure, here is the sentence: interest is due."],
    ["a placeholder", "Interest is due [[1]]."],
    ["nothing", " "],
  ])("is refused with %s of its own", (_, text) => {
    expect(checkInsertion(text, allowed)).not.toEqual([]);
  });
});
