import type { WebSocket } from "@fastify/websocket";
import type { LiveRoom } from "../../../tasks/translate/live/types.ts";
import type { ClientMessage } from "../protocol/live-messages.ts";
import { enterRoom, type Stay } from "./enter-room.ts";
import { openInbox } from "./inbox.ts";
import { joinRoom } from "./join-room.ts";
import type { LivePorts } from "./live-ports.ts";
import { openOutbox } from "./outbox.ts";
import { errorMessage, lineOf, type Refusal, readClientMessage } from "./read-message.ts";
import { refusalOf } from "./talk.ts";

type JoinMessage = Extract<ClientMessage, { readonly type: "session.join" }>;

const ASKED = 1000;
const REFUSED = 1008;
const MOST_BAD_MESSAGES = 10;

/** Serves one socket until it ends. */
export function serveConnection(socket: WebSocket, ports: LivePorts): void {
  const { limits } = ports;
  const outbox = openOutbox(socket, limits.readWithin);
  let stay: Stay | undefined;
  let live: LiveRoom | undefined;
  let bad = 0;
  let isMeant = false;

  const fail = (refusal: Refusal): void => outbox.end(REFUSED, errorMessage(refusal, true));

  const complain = async (refusal: Refusal): Promise<void> => {
    bad = refusal.code === "bad-message" ? bad + 1 : 0;
    if (bad >= MOST_BAD_MESSAGES) fail(refusal);
    else await outbox.send(errorMessage(refusal, false));
  };

  const join = async (message: JoinMessage): Promise<void> => {
    clearTimeout(joining);
    const found = await joinRoom(message, ports);
    if ("code" in found) return fail(found);
    if (socket.readyState !== socket.OPEN) return;
    live = found.room.live;
    stay = await enterRoom(found, message, { ports, outbox });
    ports.log.info({ room: found.room.record.id, count: found.room.connections.size }, "joined");
    // It may have gone while it was joining.
    if (socket.readyState !== socket.OPEN) stay.leave(false);
  };

  const take = async (message: ClientMessage): Promise<void> => {
    if (message.type === "session.close") {
      isMeant = true;
      return outbox.end(ASKED, { type: "session.closed" });
    }
    if (stay === undefined && message.type === "session.join") return join(message);
    if (stay === undefined)
      return fail({ code: "join-first", message: "the first message must be session.join" });
    const refusal = await stay.talk.take(message);
    if (refusal === undefined) bad = 0;
    else await complain(refusal);
  };

  const joining = setTimeout(
    () => fail({ code: "join-late", message: "no session.join came in time" }),
    limits.joinWithin,
  );
  const inbox = openInbox(socket, {
    limits,
    handle: async (data, isBinary) => {
      const { message, refusal } = readClientMessage(data, isBinary);
      // What was asked before a socket ended is still done; what comes after a refusal is not.
      if (socket.readyState === socket.CLOSING && stay === undefined) return;
      try {
        if (message !== undefined) await take(message);
        else if (stay === undefined) fail(refusal);
        else await complain(refusal);
      } catch (error) {
        const isOver = live?.isClosed ?? false;
        if (!isOver) ports.log.warn({ err: error }, "a message was not taken");
        const why = { ...refusalOf(error, isOver), ...lineOf(message) };
        if (stay === undefined) fail(why);
        else await complain(why);
      }
    },
  });
  keepAlive(socket, limits.pingEvery, inbox.isFull);
  socket.once("close", () => {
    clearTimeout(joining);
    void inbox.idle().then(async () => {
      await stay?.talk.close().catch((error) => ports.log.warn({ err: error }, "a microphone did not close"));
      stay?.leave(isMeant);
    });
  });
}

/** Pings, and cuts off who didn't answer the last one. A socket that isn't read from can't be heard answering. */
function keepAlive(socket: WebSocket, every: number, isUnread: () => boolean): void {
  let hasAnswered = true;
  socket.on("pong", () => {
    hasAnswered = true;
  });
  const timer = setInterval(() => {
    if (!hasAnswered && !isUnread()) return socket.terminate();
    hasAnswered = false;
    socket.ping();
  }, every);
  timer.unref();
  socket.once("close", () => clearInterval(timer));
}
