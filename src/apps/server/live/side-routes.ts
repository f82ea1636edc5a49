import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { BadRequestError } from "../../../errors.ts";
import { refuse } from "../answer-errors.ts";
import { parseBody } from "../parse-body.ts";
import { type AvailabilityAnswer, availabilityRequest, type SideAnswer } from "../protocol/live-requests.ts";
import { bearerToken, hashToken } from "../token.ts";
import { takeAvailability } from "./availability.ts";
import { hears } from "./hearing.ts";
import { invitation } from "./invitation.ts";
import type { LivePorts } from "./live-ports.ts";
import type { SidePlace } from "./room-store.ts";
import { checkTimeZone } from "./time-zone.ts";
import { isTranscriptFormat, TRANSCRIPT_FORMATS, writeTranscript } from "./write-transcript.ts";

type Query = { readonly Querystring: { readonly format?: string; readonly timeZone?: string } };

/** What the holder of a side's link may do beside the socket. Nothing here reaches another side's copy or calendar. */
export function addSideRoutes(app: FastifyInstance, ports: LivePorts): void {
  const places = new WeakMap<FastifyRequest, SidePlace>();
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.header("cache-control", "no-store");
    const token = bearerToken(request.headers.authorization);
    const place = token === undefined ? undefined : ports.store.sideOfToken(hashToken(token));
    if (place !== undefined) places.set(request, place);
    else
      await refuse(reply.header("www-authenticate", "Bearer"), 401, {
        code: "bad-token",
        message: "this link leads to no room",
        hint: "send the part of the link after the # as Authorization: Bearer TOKEN",
      });
  };
  const placeOf = (request: FastifyRequest): SidePlace => places.get(request)!;

  app.get("/api/live/side", { onRequest }, async (request): Promise<SideAnswer> => {
    const { room, side } = placeOf(request);
    const { name, domain, language } = side;
    return {
      room: { title: room.title, isClosed: room.closed !== undefined },
      side: { name, ...(domain !== undefined && { domain }), language },
      hears: hears(await ports.recogniser(), language),
    };
  });

  app.get<Query>("/api/live/transcript", { onRequest }, async (request, reply) => {
    const { format = "docx" } = request.query;
    const timeZone = timeZoneOf(request);
    if (!isTranscriptFormat(format))
      throw new BadRequestError("there is no such form of a transcript", {
        hint: `ask for format=${TRANSCRIPT_FORMATS.join(", ")}`,
      });
    const { room, side } = placeOf(request);
    const log = ports.store.copy(room.id, side.id);
    if ((await log.read(0, 1)).length === 0 && room.closed !== undefined)
      return refuse(reply, 404, {
        code: "copy-deleted",
        message: "the copy of this side was deleted, as its retention says",
      });
    const { bytes, mediaType } = await writeTranscript({ format, room, side, log, timeZone });
    return reply
      .type(mediaType)
      .header("content-disposition", `attachment; filename="transcript.${format}"`)
      .send(Buffer.from(bytes));
  });

  app.post("/api/live/availability", { onRequest }, async (request): Promise<AvailabilityAnswer> => {
    const asked = parseBody(availabilityRequest, request.body);
    return takeAvailability(asked, placeOf(request), ports);
  });

  app.get<Query>("/api/live/invitation.ics", { onRequest }, async (request, reply) => {
    const text = await invitation(placeOf(request), {
      store: ports.store,
      timeZone: timeZoneOf(request),
    });
    return reply
      .type("text/calendar; charset=utf-8")
      .header("content-disposition", 'attachment; filename="invitation.ics"')
      .send(text);
  });
}

/** Of whoever reads: times are written in it. */
function timeZoneOf({ query }: FastifyRequest<Query>): string | undefined {
  const { timeZone } = query;
  if (timeZone !== undefined) checkTimeZone(timeZone);
  return timeZone;
}
