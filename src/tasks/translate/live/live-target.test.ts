import { describe, expect, it } from "vitest";
import { liveTarget } from "./live-target.ts";
import { tagEngine, turn, until } from "./room.fixture.ts";

type Engine = ReturnType<typeof tagEngine>;

/** A line's translation into Portuguese: what follows it, and what it showed. */
function openTarget(engine: Engine, to = "pt") {
  const shown: string[] = [];
  const target = liveTarget({
    from: "en",
    to,
    engine: async () => engine,
    show: ({ stable, unstable }) => void shown.push(`${stable}|${unstable}`),
  });
  const follow = (text: string, isPause = false): void => target.follow({ text, isPause });
  return { shown, follow, stop: target.stop };
}

const same = (more: Parameters<typeof tagEngine>[0] = {}): Engine =>
  tagEngine({ answer: (text) => text, ...more });

describe("liveTarget", () => {
  it("has one request open at most, and leaves out what became old meanwhile", async () => {
    let [open, most] = [0, 0];
    const engine = same({
      wait: async () => {
        most = Math.max(most, ++open);
        await turn(10);
        open -= 1;
      },
    });
    const { shown, follow } = openTarget(engine);
    for (let count = 1; count <= 20; count++) follow(Array.from({ length: count }, () => "a").join(" "));
    await until(() => shown.length === 1);
    await turn(15);
    expect(most).toBe(1);
    expect(engine.asked.map(([text]) => text!.split(" ").length)).toEqual([20]);
    follow("b");
    follow("b c");
    await until(() => shown.length === 2);
    expect(engine.asked.at(-1)).toEqual(["b c"]);
  });

  it("translates a sentence that is over once", async () => {
    const engine = same();
    const { shown, follow } = openTarget(engine);
    for (const text of ["We came late. Then", "We came late. Then we", "We came late. Then we left"]) {
      follow(text);
      await turn(2);
    }
    expect(engine.asked).toEqual([["We came late.", "Then"], ["Then we"], ["Then we left"]]);
    expect(shown.at(-1)).toBe("We came late.| Then we left");
  });

  it("takes the same words again for no second opinion, but for one before a pause", async () => {
    const engine = same();
    const { shown, follow } = openTarget(engine);
    follow("one two three four");
    await turn(2);
    follow("one two three four");
    await turn(2);
    expect(shown).toEqual(["|one two three four"]);
    follow("one two three four", true);
    await until(() => shown.length === 2);
    expect(shown.at(-1)).toBe("one two| three four");
    expect(engine.asked).toHaveLength(1);
  });

  it("waits between requests to an engine that costs a model's time", async () => {
    const engine = same({ context: true });
    const { follow, stop } = openTarget(engine);
    follow("one");
    await turn(5);
    for (const text of ["one two", "one two three"]) {
      follow(text);
      await turn(5);
    }
    expect(engine.asked).toHaveLength(1);
    stop();
  });

  it("shows nothing once the line is over", async () => {
    const { shown, follow, stop } = openTarget(same({ wait: () => turn(5) }));
    follow("one");
    await turn(1);
    stop();
    follow("one two");
    await turn(15);
    expect(shown).toEqual([]);
  });

  it("gives up after two failures: the whole line says what went wrong", async () => {
    const engine = same({
      answer: () => {
        throw new Error("down");
      },
    });
    const { shown, follow } = openTarget(engine);
    for (const text of ["one", "one two", "one two three", "one two three four"]) {
      follow(text);
      await turn(3);
    }
    expect(engine.asked).toHaveLength(2);
    expect(shown).toEqual([]);
  });

  it("agrees on words of a language without spaces", async () => {
    const chinese = ["我们", "我们有房间", "我们有房间可以给你"];
    let asked = 0;
    const { shown, follow } = openTarget(same({ answer: () => chinese[asked++] }), "zh");
    for (const text of ["we", "we have", "we have rooms"]) {
      follow(text);
      await turn(3);
    }
    expect(shown).toEqual(["|我们", "|我们有房间", "我们|有房间可以给你"]);
  });
});
