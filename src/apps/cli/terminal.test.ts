import { describe, expect, it } from "vitest";
import { onTerminal, testWorld } from "./cli-io.fixture.ts";
import { openTerminal } from "./terminal.ts";

const RED_X = "\u001b[31mx\u001b[39m";

describe("openTerminal", () => {
  it.each([
    ["a terminal", {}, {}, true],
    ["NO_COLOR", { NO_COLOR: "1" }, {}, false],
    ["an empty NO_COLOR", { NO_COLOR: "" }, {}, true],
    ["--no-color", {}, { color: false }, false],
    ["--json", {}, { json: true }, false],
    ["a dumb terminal", { TERM: "dumb" }, {}, false],
    ["FORCE_COLOR=0", { FORCE_COLOR: "0" }, {}, false],
  ])("with %s, colours or not", async (_, env, options, expected) => {
    const { io } = await testWorld({ isTty: onTerminal, env });
    expect(openTerminal(io, options).paint("red", "x")).toBe(expected ? RED_X : "x");
  });

  it("has no colours in a pipe unless FORCE_COLOR asks for them", async () => {
    expect(openTerminal((await testWorld()).io).hasColor).toBe(false);
    expect(openTerminal((await testWorld({ env: { FORCE_COLOR: "1" } })).io).hasColor).toBe(true);
  });

  it("draws progress on a terminal only, in one line, and wipes it before the next line", async () => {
    const world = await testWorld({ isTty: onTerminal, columns: 20 });
    const terminal = openTerminal(world.io);
    terminal.progress("reading a very long name that goes on");
    terminal.say("done");
    expect(world.err()).toBe("\r\u001b[Kreading a very long\r\u001b[Kdone\n");
    const piped = await testWorld();
    openTerminal(piped.io).progress("step");
    expect(piped.err()).toBe("");
  });

  it("prints each step on its own line with --verbose, and only errors with --quiet", async () => {
    const verbose = await testWorld();
    openTerminal(verbose.io, { verbose: true }).progress("step");
    expect(verbose.err()).toBe("step\n");
    const quiet = await testWorld({ isTty: onTerminal });
    const terminal = openTerminal(quiet.io, { quiet: true });
    terminal.progress("step");
    terminal.say("note");
    terminal.complain("error");
    expect(quiet.err()).toBe("error\n");
  });
});
