// A server in a process of its own, to be killed. Argument: its folder.
import { openLiveRoom } from "../../../tasks/translate/live/live-room.ts";
import { openServer } from "../open-server.ts";
import { openRoomKey } from "../room-key.ts";
import { testEngine } from "./live.fixture.ts";
import { liveMount } from "./live-mount.ts";

const [dataFolder = "", key = ""] = process.argv.slice(2);
const mount = liveMount({
  ...{ dataFolder, openLiveRoom, openEngine: testEngine, checkEngine: () => {} },
  roomKey: await openRoomKey(dataFolder, key),
});
const { url } = await openServer({ mounts: [mount] });
process.send?.(url);
