import { type Command, InvalidArgumentError, Option } from "commander";
import type { LiveCaptionMode } from "../server/protocol/live-messages.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { fetchTranscript } from "./live/fetch-transcript.ts";
import { joinCall } from "./live/join-call.ts";
import { localCall } from "./live/local-call.ts";
import { openCall } from "./live/open-call.ts";
import { playCall } from "./live/play-call.ts";
import { openTerminal } from "./terminal.ts";

const DEFAULT_SERVER = "http://127.0.0.1:8790";
const SPEECH =
  "the recogniser: sherpa:FOLDER, openai-audio:MODEL@URL, pocketsphinx or none (default: TANDEM_SPEECH)";

/** Adds `tandem live open|join|play|transcript`, and `tandem live --local`. */
export function addLiveCommand(program: Command, host: CommandHost): void {
  // What stands after `open` or `join` is theirs, though `live` itself knows options of the same names.
  program.enablePositionalOptions();
  const live = program
    .command("live")
    .summary("calls that are translated while they go on")
    .description(
      "Open a call between organisations on a server (tandem serve), join it from the terminal, play a transcript into it, fetch your side's transcript; or translate what you type with no server at all (--local). Each side reads in its own language, by its own engine.",
    )
    .enablePositionalOptions();
  addExamples(live, [
    [
      'tandem live open --title "Delivery" --side "Acme:acme.example:en" --side "Beta:beta.example:pt"',
      "links",
    ],
    ['tandem live join "https://tandem.example/live/#TOKEN" --name Ada', "type, and read the others"],
    ["tandem live play call.vtt LINK1 LINK2 --speed 4 --partials", "a call as it was, four times as fast"],
    ["tandem live transcript LINK -o call.txt", "your side's copy; then: tandem minutes call.txt"],
    ["tandem live --local --from en --to pt", "what you type, translated here"],
  ]);
  addLocal(live, host);
  addOpen(live, host);
  addJoin(live, host);
  addPlay(live, host);
  addTranscript(live, host);
}

type Given<F extends (...args: never[]) => unknown> =
  Parameters<F> extends [...unknown[], infer Last] ? Last : never;

function addLocal(live: Command, { io, finish }: CommandHost): void {
  type Options = CommonOptions & Partial<Given<typeof localCall>> & { readonly local?: boolean };
  addCommonOptions(live)
    .option("--local", "translate typed or piped lines in this process; nothing is kept")
    .option("--from <language>", "what is typed or spoken, for --local")
    .option("--to <language>", "what is read, for --local")
    .option("--engine <spec>", "as for translate (default: bergamot)")
    .option("--audio <file>", "a WAV file instead of typed lines; - for a WAV stream or PCM on stdin")
    .option("--speech <spec>", SPEECH)
    .option("--speed <factor>", "how fast an audio file is played", positive, 1)
    .action(async (options: Options) => {
      const { local, from, to, speed = 1 } = options;
      if (!local) return live.help({ error: true });
      if (from === undefined || to === undefined) return live.error("error: --local needs --from and --to");
      finish(await localCall(io, openTerminal(io, options), { ...options, from, to, speed }));
    });
}

function addOpen(live: Command, { io, finish }: CommandHost): void {
  type Options = CommonOptions & Given<typeof openCall>;
  addCommonOptions(
    live.command("open").description("open a call on a server, and print a link for each side"),
  )
    .requiredOption("--title <title>", "what the call is about")
    .requiredOption("--side <name:domain:language>", "one organisation; said once for each", collect)
    .option("--engine <name=spec>", "what translates for a side: Acme=bergamot", collect, [])
    .option(
      "--retention <name=time>",
      "how long a side's copy is kept: Acme=until-closed, forever, or days",
      collect,
      [],
    )
    .option("--server <url>", "where it runs", io.env.TANDEM_SERVER ?? DEFAULT_SERVER)
    .option("--key <key>", "the server's room key (default: TANDEM_ROOM_KEY)")
    .action(async (options: Options) => finish(await openCall(io, openTerminal(io, options), options)));
}

function addJoin(live: Command, { io, finish }: CommandHost): void {
  type Options = CommonOptions & Given<typeof joinCall>;
  const modes: readonly LiveCaptionMode[] = ["responsive", "balanced", "steady"];
  addCommonOptions(
    live
      .command("join")
      .description("join a call: lines you type are said, everybody's are shown in your language"),
  )
    .argument("<link>", "the join link, in quotes")
    .option("--name <name>", "who you are (default: your organisation's name)")
    .option("--language <language>", "what you speak and read (default: your side's)")
    .addOption(new Option("--mode <mode>", "how much of what may change is shown").choices(modes))
    .option(
      "--after <number>",
      "show what came after this event (default: what this machine showed last)",
      whole,
    )
    .option("--record <file>", "write every event to a file of JSON lines, going on where it ends")
    .option("--stay", "stay when the input ends, until the call is over")
    .option("--audio <file>", "say a WAV file; - for a WAV stream or PCM on stdin")
    .option("--speech <spec>", SPEECH)
    .option("--speed <factor>", "how fast an audio file is played", positive, 1)
    .action(async (link: string, options: Options) =>
      finish(await joinCall(io, openTerminal(io, options), link, options)),
    );
}

function addPlay(live: Command, { io, finish }: CommandHost): void {
  type Options = CommonOptions & Given<typeof playCall>;
  addCommonOptions(
    live.command("play").description("play a transcript into a call, as its speakers and at its pace"),
  )
    .argument("<transcript>", "a .vtt, .srt, chat log, .docx or .json transcript")
    .argument("<link...>", "a join link for each side; or DOMAIN=LINK, SPEAKER=LINK")
    .option("--speed <factor>", "4: four times as fast as it was", positive, 1)
    .option("--partials", "say each line word by word, as a recogniser would")
    .action(async (file: string, links: string[], options: Options) =>
      finish(await playCall(io, openTerminal(io, options), file, links, options)),
    );
}

function addTranscript(live: Command, { io, finish }: CommandHost): void {
  type Options = CommonOptions & Given<typeof fetchTranscript>;
  addCommonOptions(live.command("transcript").description("fetch your side's copy of a call"))
    .argument("<link>", "the join link, in quotes")
    .requiredOption("-o, --output <file>", "call.docx, .vtt, .tmx, .txt or .json; - for stdout")
    .option("--format <form>", "docx, vtt, tmx, txt or json (default: as the name ends)")
    .action(async (link: string, options: Options) =>
      finish(await fetchTranscript(io, openTerminal(io, options), link, options)),
    );
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 1_000))
    throw new InvalidArgumentError("It must be a number above 0, at most 1000.");
  return number;
}

function whole(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(value);
}
