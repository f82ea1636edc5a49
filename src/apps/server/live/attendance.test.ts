import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { LiveRoom, Participant } from "../../../tasks/translate/live/types.ts";
import { type Attendance, openAttendance } from "./attendance.ts";

const ana: Participant = { id: "ana", name: "Ana", side: "a", language: "en" };

/** A room whose log is slow, and what it was told. */
function room(present: readonly Participant[] = []): { readonly live: LiveRoom; readonly told: string[] } {
  const told: string[] = [];
  const tell = async (what: string): Promise<void> => {
    await wait(5);
    told.push(what);
  };
  const live = {
    participants: present,
    join: ({ id }: Participant) => tell(`+${id}`),
    leave: (id: string) => tell(`-${id}`),
  };
  return { live: live as unknown as LiveRoom, told };
}

const open = (live: LiveRoom): Attendance =>
  openAttendance(live, {
    grace: 30,
    onFailure: (error) => {
      throw error;
    },
  });

describe("who is in a room", () => {
  it("stays while one of their connections is there, and a while after the last", async () => {
    const { live, told } = room();
    const attendance = open(live);
    await Promise.all([attendance.arrive(ana), attendance.arrive(ana)]);
    expect(attendance.count()).toBe(2);
    attendance.depart("ana", true);
    await wait(60);
    expect(told).toEqual(["+ana", "+ana"]);
    attendance.depart("ana", false);
    await attendance.arrive(ana);
    await wait(60);
    expect(told).not.toContain("-ana");
    attendance.depart("ana", false);
    await expect.poll(() => told.at(-1)).toBe("-ana");
  });

  it("is in it again who comes back while their leaving is being written", async () => {
    const { live, told } = room();
    const attendance = open(live);
    await attendance.arrive(ana);
    attendance.depart("ana", true);
    await attendance.arrive(ana);
    expect(told.at(-1)).toBe("+ana");
    expect(attendance.count()).toBe(1);
  });

  it("leaves soon who was in it before a restart and doesn't come back", async () => {
    const { live, told } = room([ana, { ...ana, id: "rui" }]);
    const attendance = open(live);
    await attendance.arrive({ ...ana, id: "rui" });
    await expect.poll(() => told).toEqual(["+rui", "-ana"]);
    attendance.close();
  });

  it("leaves nobody once it is closed", async () => {
    const { live, told } = room([ana]);
    const attendance = open(live);
    attendance.close();
    attendance.depart("ana", false);
    await wait(60);
    expect(told).toEqual([]);
  });
});
