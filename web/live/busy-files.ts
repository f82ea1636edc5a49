import type { LiveSlot } from "../../src/apps/server/protocol/live-messages.ts";

export type PickedFile = { readonly name: string; text(): Promise<string> };

export type BusyFiles = {
  readonly busy: readonly LiveSlot[];
  /** Files that could not be read, with the reason. */
  readonly problems: readonly { readonly file: string; readonly reason: string }[];
};

export type BusyFilesOptions = { readonly from: Date; readonly to: Date; readonly timeZone: string };

/**
 * Reduces calendar files to busy times, here in the browser: titles, places and people stay in the files. The reader is
 * loaded when the first file is picked.
 */
export async function readBusyFiles(
  files: readonly PickedFile[],
  options: BusyFilesOptions,
): Promise<BusyFiles> {
  const { readBusy } = await import("../../src/files/calendar/read-busy.ts");
  const busy: LiveSlot[] = [];
  const problems: { file: string; reason: string }[] = [];
  for (const file of files) {
    try {
      const read = readBusy(await file.text(), options);
      busy.push(
        ...read.busy.map(({ start, end }) => ({ start: start.toISOString(), end: end.toISOString() })),
      );
      problems.push(...read.warnings.map((reason) => ({ file: file.name, reason })));
    } catch (error) {
      problems.push({ file: file.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { busy: mergeSlots(busy), problems };
}

/** In order and without overlaps, so that not even the number of calendars shows. ISO times in UTC sort as text. */
export function mergeSlots(slots: readonly LiveSlot[]): readonly LiveSlot[] {
  const merged: LiveSlot[] = [];
  for (const slot of slots.toSorted((a, b) => (a.start < b.start ? -1 : 1))) {
    const last = merged.at(-1);
    if (last === undefined || slot.start > last.end) merged.push(slot);
    else if (slot.end > last.end) merged[merged.length - 1] = { start: last.start, end: slot.end };
  }
  return merged;
}
