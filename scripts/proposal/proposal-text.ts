/** The words of the demo's proposal. The markup is that of `createWordWriter`. */

export const title = "Customs status in the booking portal";
export const subtitle = "Proposal to Nordfrakt~AB";

/** A line of the outline. */
export type Heading = {
  readonly level: 1 | 2;
  readonly number: string;
  readonly text: string;
  /** Where Word put it, for the table of contents. */
  readonly page: number;
  /** True where Word began a page with it. */
  readonly beginsPage?: boolean;
  /** Bookmark that cross references name. */
  readonly reference?: string;
};

export type HeadingKey =
  | "summary"
  | "background"
  | "today"
  | "heard"
  | "scope"
  | "inScope"
  | "data"
  | "outOfScope"
  | "hosting"
  | "approach"
  | "steps"
  | "team"
  | "price"
  | "risks"
  | "next"
  | "acceptance";

export const headings: Readonly<Record<HeadingKey, Heading>> = {
  summary: { level: 1, number: "1", text: "Summary", page: 2, beginsPage: true },
  background: { level: 1, number: "2", text: "Background", page: 2 },
  today: { level: 2, number: "2.1", text: "What customers see today", page: 2 },
  heard: { level: 2, number: "2.2", text: "What we agreed on 17~November", page: 2 },
  scope: { level: 1, number: "3", text: "Scope", page: 2 },
  inScope: { level: 2, number: "3.1", text: "What we deliver", page: 2 },
  data: { level: 2, number: "3.2", text: "Data sets we need", page: 3 },
  outOfScope: { level: 2, number: "3.3", text: "What is not included", page: 3 },
  hosting: { level: 1, number: "4", text: "Hosting and operations", page: 3, reference: "_Ref214700004" },
  approach: { level: 1, number: "5", text: "Approach", page: 4, beginsPage: true },
  steps: { level: 2, number: "5.1", text: "Steps and dates", page: 4 },
  team: { level: 2, number: "5.2", text: "Joint team", page: 4 },
  price: { level: 1, number: "6", text: "Price", page: 4, reference: "_Ref214700006" },
  risks: { level: 1, number: "7", text: "Assumptions and risks", page: 5, beginsPage: true },
  next: { level: 1, number: "8", text: "Open points and next steps", page: 5, reference: "_Ref214700008" },
  acceptance: { level: 1, number: "9", text: "Acceptance", page: 5 },
};

export const summary = [
  "Customer service takes on average 340~calls a week, and four out of ten of these calls turn out to be about customs. Parcelwise knows the reason for a hold within the first hour; the booking portal shows “in transit” for three days.",
  "We propose to bring the status events and hold reasons of Parcelwise into Nordfrakt’s own timeline **within five minutes** of each change, for all 850~customers. The fixed part of the work costs {total} (section~{refPrice}). First events reach the Sandbox on **7~December~2026**, and a pilot with ten customers starts on **18~January~2027**.",
  "One decision is open: whether production runs in Parcelwise’s cloud in Dublin or in Nordfrakt’s tenant in Stockholm. Section~{refHosting} sets out both; Nordfrakt’s IT~board meets on Monday, 23~November~2026.",
] as const;

export const today = [
  "Bookings and tracking are two worlds at present. The booking portal takes its status from the terminals’ scans, while customs status lives in Parcelwise’s system and reaches a customer only when somebody calls. A declaration that is put on hold at nine in the morning is therefore invisible to the consignor until the parcel fails to arrive.",
  "About 60 of the 850~customers do not use the portal at all: they receive their status by EDI, as IFTSTA messages. Whatever we do for the portal has to reach them too, if not on the same day.",
] as const;

export const heard =
  "In a call on 17~November~2026, Marta Lindqvist (Nordfrakt) and Daniel Okafor (Parcelwise) agreed on the following:";

export const heardItems = [
  "Nordfrakt provides twelve months of closed shipments, pseudonymised{footnote}, so that the delay estimate can be trained on its own lanes.",
  "The Sandbox runs in Dublin, and Parcelwise pays for it.",
  "First events arrive in the Sandbox on 7~December~2026; ten customers begin on 18~January~2027.",
  "1~March~2027 for all other customers is a __target__, not a date, until both sides have seen the pilot.",
] as const;

export const footnote =
  " Pseudonymised data holds no names and no street addresses. What remains is the country, the postcode district, the HS~code lines and the time stamps.";

export const inScope = [
  "**The Connector:** a service that receives webhooks from the [Events~API](https://developer.parcelwise.example/events) and writes them to Nordfrakt’s timeline. The median delay of an event is about 40~seconds today.",
  "**Hold reasons** from the [Declarations~API](https://developer.parcelwise.example/declarations), read-only, in English and German. Swedish is an open point (section~{refNext}).",
  "**A delay estimate** per lane, trained on the history and shown beside the status as a range of days.",
  "|**The Sandbox:** a copy of both interfaces with test data, in which portal releases are tried out before they go live.",
] as const;

export const data =
  "Two data sets come from Nordfrakt. The __consignment feed__ carries the house bill number, the Parcelwise parcel~ID where there is one, the consignee’s country and the HS~code lines. The __history__ carries the same fields for twelve months of closed shipments. A sample of 5,000~shipments, due on 20~November~2026, is enough to begin with.";

export const outOfScope = [
  "Mapping status codes to IFTSTA for the customers on EDI; nobody in the joint team has the days for it before the pilot.",
  "Changes to declarations: both interfaces read, neither of them writes.",
  "Scanner software in the terminals, including the rollout at Landvetter.",
] as const;

/** Written at too great a length on purpose: the demo shortens this section. */
export const hosting = [
  "Hosting is, in our experience, the question on which integrations of this kind most often lose time, and it is for this reason that we should like to set out the position at somewhat greater length than in the other sections of this proposal. In the call on 17~November~2026, Marta Lindqvist and Daniel Okafor agreed that the Sandbox will run in Dublin and that Parcelwise will pay for it. It was also agreed, in the same call, that the question of production would not be settled on that day.",
  "As regards production, Parcelwise’s preference, which we have already had the opportunity to explain, would be to operate the Connector in its own cloud in Dublin. At the volume that Nordfrakt has indicated to us, this would cost in the order of EUR~900 a month, an amount that Parcelwise would be prepared to carry for the first twelve months, that is to say EUR~10,800 in total. Nordfrakt would for its part be given an endpoint, and would not need to concern itself with servers, certificates or updates of any kind.",
  "It should be noted, however, that Nordfrakt’s IT~board has had a rule in place since 2024 according to which anything that touches live declarations has to run in Nordfrakt’s own tenant in Stockholm. The Connector sees the hold reason and the consignee together, and it is therefore, as things stand at present, quite clearly covered by that rule. If the board upholds the rule at its meeting on 23~November~2026, Parcelwise would deliver the Connector as a container, Nordfrakt would run it, and the monthly cost would be Nordfrakt’s to bear.",
  "Finally, a word should be said on the subject of updates, since this is where the two variants differ the most from one another. Parcelwise issued 11~hotfixes in the past year, and two of these had to be in place within one hour because a customs schema had been changed. Against this background, Parcelwise is able to commit to an availability of 99.5~% __only if__ hotfixes do not have to wait for a change ticket. In the Stockholm variant we would accordingly ask Nordfrakt for a standing approval for hotfixes before the pilot starts on 18~January~2027.",
] as const;

export const steps =
  "We work in five steps. Each ends with something that can be tried out, and none begins before the one before it has been accepted in writing.";

export const stepItems = [
  "**Keys and sample** (by 20~November~2026): Parcelwise issues Sandbox keys for both interfaces, Nordfrakt sends the sample of 5,000~shipments.",
  "**First events** (7~December~2026): status changes of test shipments appear in the Sandbox timeline.",
  "**Code freeze** (until 11~January~2027): no portal release; the history is loaded and the delay estimate is trained.",
  "**Pilot** (from 18~January~2027): ten customers, four weeks, with a weekly count of calls.",
  "**Everybody else** (target: 1~March~2027): decided on the figures of the pilot.",
] as const;

export const teamIntroduction =
  "Six people form the joint team. They share one channel; we suggest that they meet for 45~minutes each Tuesday until the end of the pilot.";

export const team = {
  header: ["Name", "Company", "Part", "Time"],
  rows: [
    ["Marta Lindqvist", "Nordfrakt", "Owner on Nordfrakt’s side", "as needed"],
    ["Johan Berg", "Nordfrakt", "Booking portal", "full time from 1~December~2026"],
    ["Elif Aydin", "Nordfrakt", "Customs operations", "one day a week"],
    ["Daniel Okafor", "Parcelwise", "Product lead", "as needed"],
    ["Priya Raman", "Parcelwise", "Both interfaces", "three days a week until the pilot"],
    ["Tomasz Nowak", "Parcelwise", "Security and hosting", "as needed"],
  ],
} as const;

export const priceIntroduction =
  "{refTable} lists the fixed part of the work, in euros without VAT. Days that are not used are not charged; further days need an order in writing.";

/** Days and day rate in euros. */
export const positions = [
  ["Consignment feed and Sandbox connection", 8, 960],
  ["Status and hold reasons in the booking portal", 10, 960],
  ["Delay estimate from twelve months of history", 12, 960],
  ["Pilot with ten customers, training included", 9, 960],
  ["Project lead and reporting", 6, 1080],
] as const;

export const priceNotes = [
  "Hosting of the Sandbox is free of charge. Hosting of production costs about EUR~900 a month: in Dublin Parcelwise carries it for the first twelve months, in Stockholm it is Nordfrakt’s own cost (section~{refHosting}). One half of the total is due when the first events have arrived, the other half at the end of the pilot. This offer is valid until 31~December~2026.",
] as const;

export const risks =
  "The price and the dates rest on three assumptions. Should one of them turn out to be wrong, Daniel Okafor and Marta Lindqvist settle within five working days what follows from it.";

export const riskItems = [
  "**The history is usable.** Twelve months of closed shipments can be pseudonymised with the tools that Nordfrakt has. If fewer than nine months remain, the delay estimate covers the busiest lanes only.",
  "**The freeze ends as planned.** Portal releases are possible again from 11~January~2027. One week of work lies between that day and the pilot; each day lost there is a day lost for the pilot.",
  "**Production is decided in November.** A decision after 30~November~2026 moves the pilot by the same number of days, since the standing approval for hotfixes or the contract for the cloud has to be in place by then.",
] as const;

export const next = "Three points are open. None of them holds up the work in the Sandbox.";

export const nextItems = [
  "Where production runs: Nordfrakt’s IT~board, 23~November~2026. Parcelwise sends a one-page comparison by 19~November~2026.",
  "Hold reasons in Swedish: Parcelwise answers in the next call, on 24~November~2026 at 15:00.",
  "IFTSTA mapping for about 60~customers on EDI: nobody has taken it on yet.",
] as const;

export const closing =
  "Questions go to [daniel.okafor@parcelwise.example](mailto:daniel.okafor@parcelwise.example). The reference of both interfaces is on [developer.parcelwise.example](https://developer.parcelwise.example/).";

export const acceptance =
  "Signed for both companies, on the basis of this proposal and the data processing agreement that Parcelwise sends separately:";

export const signatures = [
  ["For Nordfrakt~AB", "Marta Lindqvist"],
  ["For Parcelwise~Ltd", "Daniel Okafor"],
] as const;

export const box = ["Decision needed", "Dublin or Stockholm? IT~board, Monday, 23~November~2026"] as const;
