import type { FastifyBaseLogger } from "fastify";
import type { SpeechRecogniser } from "../../../models/speech/speech-recogniser.ts";
import type { Availability, ProposeSlotsOptions } from "../../../tasks/slots/types.ts";
import type { ProposedSlot } from "../../../tasks/translate/live/types.ts";
import type { EngineShelf } from "./engine-shelf.ts";
import type { LiveLimits } from "./live-limits.ts";
import type { RoomDirectory } from "./room-directory.ts";
import type { RoomStore } from "./room-store.ts";

/** Finds times at which all sides are free; of an answer only the times are told, not the clocks of each side. */
export type ProposeSlots = (
  availabilities: readonly Availability[],
  options: ProposeSlotsOptions,
) => readonly ProposedSlot[];

/** What the parts of live translation share. */
export type LivePorts = {
  readonly store: RoomStore;
  readonly directory: RoomDirectory;
  readonly engines: EngineShelf;
  /** Undefined where nothing recognises speech. */
  readonly recogniser: () => Promise<SpeechRecogniser | undefined>;
  readonly proposeSlots?: ProposeSlots;
  readonly limits: LiveLimits;
  readonly now: () => Date;
  readonly log: FastifyBaseLogger;
};
