import { BadRequestError } from "../../../errors.ts";
import {
  type CreateRoomAnswer,
  type CreateRoomRequest,
  createRoomRequest,
  type LiveRetention,
} from "../../server/protocol/live-requests.ts";
import type { CliIo } from "../cli-io.ts";
import { exitCodes } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";
import { callLiveServer } from "./live-link.ts";

export type OpenCallOptions = {
  readonly json?: boolean;
  readonly title: string;
  /** `Acme:acme.example:en` each, or `Acme:en`. */
  readonly side: readonly string[];
  /** `Acme=bergamot` each. */
  readonly engine: readonly string[];
  /** `Acme=until-closed`, `Acme=forever` or `Acme=30` (days) each. */
  readonly retention: readonly string[];
  readonly server: string;
  readonly key?: string;
};

/** `tandem live open`: asks a server for a room and prints the link of each side. */
export async function openCall(io: CliIo, terminal: Terminal, options: OpenCallOptions): Promise<number> {
  const secret = options.key ?? io.env.TANDEM_ROOM_KEY ?? "";
  if (secret === "") {
    throw new BadRequestError("opening a call needs the room key of the server", {
      hint: "put it into TANDEM_ROOM_KEY, or give it with --key; tandem serve prints it when it starts for the first time",
    });
  }
  if (!/^https?:\/\//.test(options.server) || !URL.canParse(options.server))
    throw new BadRequestError(`"${options.server}" is not the address of a server`, {
      hint: "for example https://tandem.example",
    });
  const url = `${options.server.replace(/\/+$/, "")}/api/live/rooms`;
  const response = await callLiveServer({ url, secret, json: readRoom(options), signal: io.signal });
  const { id, title, links } = (await response.json()) as CreateRoomAnswer;
  if (options.json) terminal.printJson({ command: "live open", id, title, links });
  else {
    const width = Math.max(...links.map(({ side }) => side.length));
    for (const { side, url: link } of links) terminal.print(`${side.padEnd(width)}  ${link}`);
  }
  terminal.say("whoever has a link is a participant of that side: send each only to its own people");
  return exitCodes.done;
}

/** The request that these options make. Throws `BadRequestError` for a side that is not written as it should be. */
export function readRoom({
  title,
  side,
  engine,
  retention,
}: Omit<OpenCallOptions, "server">): CreateRoomRequest {
  const engines = readPairs("--engine", engine, side);
  const retentions = readPairs("--retention", retention, side);
  const sides = side.map((text) => {
    const [name, domain, language] = readSide(text);
    const kept = retentions.get(name.toLowerCase());
    const named = engines.get(name.toLowerCase());
    return {
      name,
      language,
      ...(domain !== undefined && { domain }),
      ...(named !== undefined && { engine: named }),
      ...(kept !== undefined && { retention: readRetention(kept) }),
    };
  });
  const read = createRoomRequest.safeParse({ title, sides });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = typeof issue?.path[1] === "number" ? ` in --side ${side[issue.path[1]]}` : "";
  throw new BadRequestError(`${issue?.message ?? "the room cannot be opened"}${where}`, {
    hint: 'write each side as NAME:DOMAIN:LANGUAGE, for example --side "Acme:acme.example:en"',
  });
}

function readSide(text: string): readonly [name: string, domain: string | undefined, language: string] {
  const parts = text.split(":").map((part) => part.trim());
  const [name = "", second = "", third] = parts;
  if (parts.length < 2 || parts.length > 3 || name === "") {
    throw new BadRequestError(`"${text}" is not a side`, {
      hint: 'write NAME:DOMAIN:LANGUAGE or NAME:LANGUAGE, for example "Acme:acme.example:en"',
    });
  }
  return third === undefined ? [name, undefined, second] : [name, second === "" ? undefined : second, third];
}

function readPairs(
  option: string,
  pairs: readonly string[],
  sides: readonly string[],
): ReadonlyMap<string, string> {
  const names = new Set(sides.map((text) => text.split(":")[0]!.trim().toLowerCase()));
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      const name = pair.slice(0, at).trim().toLowerCase();
      if (at > 0 && names.has(name)) return [name, pair.slice(at + 1).trim()];
      throw new BadRequestError(`${option} ${pair} names no side of this call`, {
        hint: `write ${option} NAME=VALUE with the name of a --side`,
      });
    }),
  );
}

function readRetention(text: string): LiveRetention {
  if (text === "until-closed" || text === "forever") return text;
  const days = /^(\d{1,4})(\s*days?)?$/.exec(text)?.[1];
  if (days !== undefined) return { days: Number(days) };
  throw new BadRequestError(`"${text}" is not a retention`, {
    hint: "write until-closed, forever, or a number of days",
  });
}
