import type {
  LiveKept,
  LiveParticipant,
  LiveSlot,
  ServerMessage,
} from "../../server/protocol/live-messages.ts";
import { printableLine } from "../printable.ts";
import type { Paint } from "../terminal.ts";
import type { SaidMessage } from "./live-state.ts";

export type CaptionLogOptions = {
  readonly paint: Paint;
  /** Lines from before this process whose translation has yet to come. */
  readonly untranslated: readonly SaidMessage[];
  /** IANA name, for times of meetings. */
  readonly timeZone: string;
};

/** What is being said at this moment: what stays, and what may change. */
export type Speaking = { readonly name: string; readonly stable: string; readonly text: string };

type Delta = Extract<ServerMessage, { readonly type: "input_transcript.delta" | "output_transcript.delta" }>;
type FinalMessage = Extract<ServerMessage, { readonly type: "line.final" }>;
type ProposedMessage = Extract<ServerMessage, { readonly type: "meeting.proposed" }>;

/** Lines whose translation may still come. */
const MOST_KEPT = 500;

/** Opens a log of a call. */
export function captionLog(options: CaptionLogOptions): CaptionLog {
  return new CaptionLog(options);
}

/** A call as lines of text: knows who is who, and which line a translation belongs to. */
export class CaptionLog {
  readonly #paint: Paint;
  readonly #timeZone: string;
  readonly #people = new Map<string, LiveParticipant>();
  readonly #said: Map<number, SaidMessage>;
  /** Of `#said`, what was shown as it was said. */
  readonly #shown = new Set<number>();
  readonly #partials = new Map<string, Delta>();
  #me: LiveParticipant | undefined;
  #kept: LiveKept | undefined;
  #slots: readonly LiveSlot[] = [];

  constructor({ paint, untranslated, timeZone }: CaptionLogOptions) {
    this.#paint = paint;
    this.#timeZone = timeZone;
    this.#said = new Map(untranslated.map((message) => [message.seq, message]));
  }

  /** The proposed times, to be chosen by number. */
  get slots(): readonly LiveSlot[] {
    return this.#slots;
  }

  /** One entry for each line that is being said. */
  get speaking(): readonly Speaking[] {
    return [...this.#partials.values()].map(({ speaker, stable, text }) => ({
      name: this.#nameOf(speaker),
      stable: printableLine(stable),
      text: printableLine(text),
    }));
  }

  /** The lines that a message adds. */
  take(message: ServerMessage): readonly string[] {
    switch (message.type) {
      case "session.created":
        return this.#welcome(message);
      case "session.updated":
        this.#me = message.participant;
        this.#people.set(this.#me.id, this.#me);
        return this.#note(`you read ${this.#me.language}, ${message.mode}`);
      case "participant.joined":
        return this.#join(message.participant);
      case "participant.left":
        return this.#isMe(message.participant) ? [] : this.#note(`${this.#nameOf(message.participant)} left`);
      case "input_transcript.delta":
      case "output_transcript.delta":
        this.#change(message);
        return [];
      case "line.said":
        return this.#say(message);
      case "line.final":
        return this.#translate(message);
      case "meeting.proposed":
        return this.#propose(message);
      case "meeting.chosen":
        return this.#note(
          `${this.#nameOf(message.participant)} chose ${timesOf(message.slot, this.#timeZone)}`,
        );
      case "room.closed":
        return this.#note(
          this.#kept?.kind === "until-closed" ? "the call is over; its copy was deleted" : "the call is over",
        );
      case "error": {
        const { message: said, hint } = message.error;
        return this.#note(printableLine(hint === undefined ? said : `${said}: ${hint}`));
      }
      case "session.closed":
        return [];
      default:
        return message satisfies never;
    }
  }

  #welcome(message: Extract<ServerMessage, { readonly type: "session.created" }>): readonly string[] {
    const { engine, room, retention, participant, participants } = message;
    this.#me = participant;
    this.#kept = retention;
    for (const person of [...participants, participant]) this.#people.set(person.id, person);
    const where = engine.isLocal ? "on its own machine" : "at a service";
    const who = `you are ${this.#nameOf(participant.id)}, ${participant.language}`;
    return this.#note(
      printableLine(`${room.title}: ${who}; translated by ${engine.id}, ${where}. ${retention.text}`),
    );
  }

  #join(person: LiveParticipant): readonly string[] {
    const isNew = !this.#people.has(person.id);
    this.#people.set(person.id, person);
    if (this.#isMe(person.id)) return [];
    return this.#note(`${this.#nameOf(person.id)} ${isNew ? "joined" : "is here"}, ${person.language}`);
  }

  /** The translation is shown where one comes, otherwise the speaker's words. */
  #change(message: Delta): void {
    if (this.#isMe(message.speaker)) return;
    const key = `${message.speaker} ${message.line}`;
    const isTranslated = this.#partials.get(key)?.type === "output_transcript.delta";
    if (message.type === "output_transcript.delta" || !isTranslated) this.#partials.set(key, message);
  }

  #say(message: SaidMessage): readonly string[] {
    this.#partials.delete(`${message.speaker} ${message.line}`);
    this.#said.set(message.seq, message);
    const oldest = this.#said.keys().next().value;
    if (this.#said.size > MOST_KEPT && oldest !== undefined) {
      this.#said.delete(oldest);
      this.#shown.delete(oldest);
    }
    const isForeign =
      !this.#isMe(message.speaker) && primary(message.language) !== primary(this.#me?.language);
    if (isForeign) return [];
    this.#shown.add(message.seq);
    return [this.#lineOf(message.speaker, message.text)];
  }

  #translate({ said, tgt, reason, doubts }: FinalMessage): readonly string[] {
    const source = this.#said.get(said);
    const wasShown = this.#shown.delete(said);
    this.#said.delete(said);
    const doubted = doubts.map((doubt) => this.#below(`doubt: ${doubt.text}`));
    const words = source === undefined || wasShown ? [] : [this.#lineOf(source.speaker, source.text)];
    if (tgt === undefined)
      return [...words, this.#below(`not translated: ${reason?.text ?? "the engine failed"}`)];
    // The same language in another region, or a person who changed theirs.
    if (wasShown) return [this.#below(tgt), ...doubted];
    if (source === undefined) return [this.#lineOf("", tgt), ...doubted];
    return [this.#lineOf(source.speaker, tgt), this.#below(source.text), ...doubted];
  }

  #propose({ slots }: ProposedMessage): readonly string[] {
    this.#slots = slots;
    if (slots.length === 0) return this.#note("there is no time at which everybody is free");
    const times = slots.map((slot, index) => `    ${index + 1}  ${timesOf(slot, this.#timeZone)}`);
    return [...this.#note("times at which everybody is free; choose one: /choose 1"), ...times];
  }

  #isMe(participant: string): boolean {
    return participant === this.#me?.id;
  }

  #nameOf(id: string): string {
    const person = this.#people.get(id);
    if (person === undefined) return "somebody";
    return `${printableLine(person.name)} (${printableLine(person.organisation)})`;
  }

  #lineOf(speaker: string, text: string): string {
    return `${this.#paint("bold", `${this.#nameOf(speaker)}:`)} ${printableLine(text)}`;
  }

  #note(text: string): readonly string[] {
    return [this.#paint("dim", `-- ${text}`)];
  }

  #below(text: string): string {
    return `    ${this.#paint("dim", printableLine(text))}`;
  }
}

function primary(tag: string | undefined): string | undefined {
  return tag?.toLowerCase().split("-")[0];
}

function timesOf({ start, end }: LiveSlot, timeZone: string): string {
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const hour = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return `${day.format(new Date(start))}-${hour.format(new Date(end))} (${timeZone})`;
}
