import type { LiveEvent, Participant, ProposedSlot, Side } from "../../../tasks/translate/live/types.ts";
import type { LiveParticipant, LiveSlot, ServerMessage } from "../protocol/live-messages.ts";

/** Who reads: nothing of another side's engine is for them. */
export type Viewer = {
  readonly participant: string;
  readonly side: string;
  /** The languages that they have read in so far. */
  readonly languages: ReadonlySet<string>;
};

/** An event as one reader is told of it; undefined for what isn't for them. */
export function messageOf(
  event: LiveEvent,
  viewer: Viewer,
  sides: readonly Side[],
): ServerMessage | undefined {
  if (!("seq" in event)) {
    const { speaker, line, revision: rev, stable, unstable: text } = event;
    const type = event.kind === "source-changed" ? "input_transcript.delta" : "output_transcript.delta";
    return { type, speaker, line, rev, stable, text };
  }
  const place = { seq: event.seq, at: event.at.toISOString() };
  switch (event.kind) {
    case "participant-joined":
      return { type: "participant.joined", ...place, participant: liveParticipant(event.participant, sides) };
    case "participant-left":
      return { type: "participant.left", ...place, participant: event.participant };
    case "line-said": {
      const { speaker, line, language, text } = event;
      return { type: "line.said", ...place, speaker, line, language, text };
    }
    case "line-translated": {
      if (event.side !== viewer.side || !viewer.languages.has(event.language)) return undefined;
      const { said, language, text, reason, engine, milliseconds, findings } = event;
      return {
        ...{ type: "line.final", ...place, said, language, engine, ms: milliseconds },
        ...(text !== undefined && { tgt: text }),
        ...(reason !== undefined && { reason: { code: event.code ?? "engine-failed", text: reason } }),
        doubts: findings.map(({ kind, text: doubt }) => ({ kind, text: doubt })),
      };
    }
    case "slots-proposed":
      return { type: "meeting.proposed", ...place, slots: event.slots.map(liveSlot) };
    case "slot-chosen":
      return {
        ...{ type: "meeting.chosen", ...place, slot: liveSlot(event.slot) },
        participant: event.participant,
      };
    case "room-closed":
      return { type: "room.closed", ...place };
    default:
      return event satisfies never;
  }
}

/** A participant with their organisation. */
export function liveParticipant(participant: Participant, sides: readonly Side[]): LiveParticipant {
  const { id, name, side, language } = participant;
  const { name: organisation, domain } = sides.find((each) => each.id === side) ?? { name: side };
  return { id, name, side, organisation, language, ...(domain !== undefined && { domain }) };
}

function liveSlot({ start, end }: ProposedSlot): LiveSlot {
  return { start: start.toISOString(), end: end.toISOString() };
}
