import path from "node:path";
import { BadRequestError } from "../../errors.ts";
import type { SideCalendar } from "../../tasks/slots/read-calendars.ts";
import { readHours, type WrittenHours } from "../../tasks/slots/working-hours.ts";
import type { CliIo } from "./cli-io.ts";
import { readInput } from "./read-input.ts";

type SideFile = { readonly side: string; readonly file: string; readonly isNamed: boolean };

/**
 * Reads the calendars named on a command line: `acme.ics` is the side acme's, and so is `acme=other.ics`. Hours are
 * `09:00-17:00@Europe/Lisbon` for all sides or `acme=09:00-17:00@Europe/Lisbon` for one.
 */
export async function readSideCalendars(
  io: CliIo,
  files: readonly string[],
  hours: readonly string[] = [],
): Promise<SideCalendar[]> {
  const sides = await Promise.all(files.map((file) => sideOf(io, file)));
  checkSides(sides);
  const written = hoursBySide(hours, [...new Set(sides.map(({ side }) => side))]);
  return Promise.all(
    sides.map(async ({ side, file }): Promise<SideCalendar> => {
      const own = written.get(side) ?? written.get("");
      return {
        side,
        ics: decode(await readInput(io, file)),
        ...(own === undefined ? {} : { workingHours: own.hours }),
        ...(own?.timeZone === undefined ? {} : { timeZone: own.timeZone }),
      };
    }),
  );
}

async function sideOf(io: CliIo, file: string): Promise<SideFile> {
  const named = /^([^=/\\]+)=(.+)$/u.exec(file);
  const isFile = named === null || (await io.files.kind(file)) === "file";
  if (isFile) return { side: path.parse(file).name, file, isNamed: false };
  return { side: named[1]?.trim() ?? "", file: named[2] ?? "", isNamed: true };
}

/** Two files of one name are two sides or one: the person says which. */
function checkSides(sides: readonly SideFile[]): void {
  for (const [index, { side, isNamed, file }] of sides.entries()) {
    const other = sides.findIndex((one) => one.side === side);
    if (other < index && !(isNamed && sides[other]?.isNamed === true)) {
      throw new BadRequestError(`${sides[other]?.file} and ${file} are both called ${side}`, {
        hint: `name the sides: acme=${sides[other]?.file} north=${file}, or ${side}= before both for one side's two calendars`,
      });
    }
  }
}

/** By side; those of all sides under the empty name. */
function hoursBySide(texts: readonly string[], sides: readonly string[]): Map<string, WrittenHours> {
  const bySide = new Map<string, WrittenHours>();
  for (const text of texts) {
    const at = text.indexOf("=");
    const side = at < 0 ? "" : text.slice(0, at).trim();
    if (side !== "" && !sides.includes(side)) {
      throw new BadRequestError(`--hours names ${side}, whose calendar is not here`, {
        hint: `the sides are: ${sides.join(", ")}`,
      });
    }
    bySide.set(side, readHours(text.slice(at + 1)));
  }
  return bySide;
}

/** Only times are read, and they are ASCII in every encoding that calendars come in. */
function decode(bytes: Uint8Array): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!isUtf16) return new TextDecoder().decode(bytes);
  return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
}
