import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { BadRequestError, TargetNotFoundError } from "../../../errors.ts";
import { refuse } from "../answer-errors.ts";
import { parseBody } from "../parse-body.ts";
import {
  type CreateRoomAnswer,
  type CreateRoomRequest,
  createRoomRequest,
  type RoomList,
} from "../protocol/live-requests.ts";
import type { RoomKey } from "../room-key.ts";
import { bearerToken, hashToken, newToken } from "../token.ts";
import type { LivePorts } from "./live-ports.ts";
import { DEFAULT_RETENTION } from "./retention.ts";
import type { RoomRecord, SideRecord } from "./room-store.ts";

export type RoomRoutesOptions = {
  readonly ports: LivePorts;
  readonly roomKey: RoomKey;
  readonly publicUrl: () => string;
  /** Throws for a spec that names no engine. */
  readonly checkEngine: (spec: string) => void;
};

const DEFAULT_ENGINE = "bergamot";

type RoomParams = { readonly Params: { readonly id: string } };

/** What the holder of the room key may do: open, list, close and delete rooms, but not read them. */
export function addRoomRoutes(app: FastifyInstance, options: RoomRoutesOptions): void {
  const { ports, roomKey } = options;
  const { store, directory } = ports;
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.header("cache-control", "no-store");
    const key = bearerToken(request.headers.authorization);
    if (key !== undefined && roomKey.matches(key)) return;
    await refuse(reply.header("www-authenticate", "Bearer"), 401, {
      code: "bad-key",
      message: "this needs the room key of the server",
      hint: "send it as Authorization: Bearer KEY",
    });
  };
  const known = (id: string): void => {
    if (store.room(id) === undefined) throw new TargetNotFoundError("there is no such room");
  };

  app.post("/api/live/rooms", { onRequest }, async (request, reply): Promise<CreateRoomAnswer> => {
    const asked = parseBody(createRoomRequest, request.body);
    if (store.countOpen() >= ports.limits.rooms)
      throw new BadRequestError("this server has as many open rooms as it may", { hint: "close some" });
    reply.code(201);
    return createRoom(asked, options);
  });
  app.get(
    "/api/live/rooms",
    { onRequest },
    async (): Promise<RoomList> => ({
      rooms: store.rooms().map(listed),
    }),
  );
  app.post<RoomParams>("/api/live/rooms/:id/close", { onRequest }, async ({ params }, reply) => {
    known(params.id);
    await directory.close(params.id);
    return reply.code(204).send();
  });
  app.delete<RoomParams>("/api/live/rooms/:id", { onRequest }, async ({ params }, reply) => {
    known(params.id);
    await directory.remove(params.id);
    return reply.code(204).send();
  });
}

async function createRoom(
  asked: CreateRoomRequest,
  { ports, publicUrl, checkEngine }: RoomRoutesOptions,
): Promise<CreateRoomAnswer> {
  const taken = new Set<string>();
  const sides = asked.sides.map(
    ({ id, name, domain, language, engine = DEFAULT_ENGINE, retention }): SideRecord => {
      checkEngine(engine);
      const side = {
        id: freeId(id, name, taken),
        name,
        language,
        engine,
        retention: retention ?? DEFAULT_RETENTION,
      };
      return domain === undefined ? side : { ...side, domain: domain.toLowerCase() };
    },
  );
  const room: RoomRecord = { id: newToken().slice(0, 16), title: asked.title, created: ports.now(), sides };
  const tokens = new Map(sides.map(({ id }) => [id, newToken()]));
  await ports.store.create(room, new Map([...tokens].map(([side, token]) => [side, hashToken(token)])));
  const links = [...tokens].map(([side, token]) => ({ side, url: `${publicUrl()}/live/#${token}` }));
  return { id: room.id, title: room.title, links };
}

function freeId(given: string | undefined, name: string, taken: Set<string>): string {
  if (given !== undefined && taken.has(given)) throw new BadRequestError(`two sides have the id ${given}`);
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  const base = given ?? (plain.replace(/^-+|-+$/g, "").slice(0, 30) || "side");
  let id = base;
  for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
  taken.add(id);
  return id;
}

function listed({ id, title, created, closed, sides }: RoomRecord): RoomList["rooms"][number] {
  return {
    ...{ id, title, created: created.toISOString(), sides },
    ...(closed !== undefined && { closed: closed.toISOString() }),
  };
}
