import { z } from "zod";
import type { JsonSchema } from "../../../json.ts";
import { availabilityRequest, createRoomRequest, sideAnswer } from "../../server/protocol/live-requests.ts";
import type { ApiOperation, ApiPaths, ApiResponse } from "./document-types.ts";
import { fields, integer, listOf, oneOf, ref, text } from "./schema-parts.ts";

const ROOM_KEY: ApiOperation["security"] = [{ roomKey: [] }];
const SIDE: ApiOperation["security"] = [{ sideLink: [] }];
const tags = ["Live rooms"];
const timeZone = {
  name: "timeZone",
  in: "query",
  schema: text("Of the times that are written, such as Europe/Lisbon."),
} as const;
const roomId = { name: "id", in: "path", required: true, schema: text() } as const;

const refused: ApiResponse = {
  description: "Refused; `hint` says what to do.",
  content: { "application/json": { schema: ref("OwnError") } },
};
const json = (description: string, schema: string): ApiResponse => ({
  description,
  content: { "application/json": { schema: ref(schema) } },
});
const body = (schema: string): NonNullable<ApiOperation["requestBody"]> => ({
  required: true,
  content: { "application/json": { schema: ref(schema) } },
});

/** What may be asked about rooms for live translation, besides their socket. */
export const livePaths: ApiPaths = {
  "/api/live/rooms": {
    get: {
      operationId: "listRooms",
      summary: "List rooms",
      tags,
      responses: { "200": json("What is known of each, without its lines.", "RoomList"), "401": refused },
      security: ROOM_KEY,
    },
    post: {
      operationId: "createRoom",
      summary: "Open a room with a side for each organisation",
      description:
        "The answer has a link for each side: its secret is the part after the #. Messages of the socket /api/live/socket are in schemas/live.schema.json of the package.",
      tags,
      requestBody: body("CreateRoomRequest"),
      responses: { "201": json("The links.", "CreateRoomAnswer"), "400": refused, "401": refused },
      security: ROOM_KEY,
    },
  },
  "/api/live/rooms/{id}": {
    delete: {
      operationId: "deleteRoom",
      summary: "Delete a room and every side's copy",
      tags,
      parameters: [roomId],
      responses: { "204": { description: "It is gone." }, "401": refused, "404": refused },
      security: ROOM_KEY,
    },
  },
  "/api/live/rooms/{id}/close": {
    post: {
      operationId: "closeRoom",
      summary: "End a call",
      tags,
      parameters: [roomId],
      responses: { "204": { description: "It is closed." }, "401": refused, "404": refused },
      security: ROOM_KEY,
    },
  },
  "/api/live/side": {
    get: {
      operationId: "readSide",
      summary: "Read where a side's link leads",
      tags,
      responses: { "200": json("The room and the side.", "SideAnswer"), "401": refused },
      security: SIDE,
    },
  },
  "/api/live/transcript": {
    get: {
      operationId: "readTranscript",
      summary: "Read a side's copy of a call",
      tags,
      parameters: [
        { name: "format", in: "query", schema: oneOf(["docx", "txt", "vtt", "tmx", "json"]) },
        timeZone,
      ],
      responses: {
        "200": { description: "The transcript.", content: { "*/*": { schema: text() } } },
        "401": refused,
        "404": refused,
      },
      security: SIDE,
    },
  },
  "/api/live/availability": {
    post: {
      operationId: "giveAvailability",
      summary: "Give a side's free time, to find one that suits all",
      tags,
      requestBody: body("AvailabilityRequest"),
      responses: {
        "200": json("How many times were proposed.", "AvailabilityAnswer"),
        "400": refused,
        "401": refused,
      },
      security: SIDE,
    },
  },
  "/api/live/invitation.ics": {
    get: {
      operationId: "readInvitation",
      summary: "Read the invitation to the time that was chosen",
      tags,
      parameters: [timeZone],
      responses: {
        "200": { description: "The invitation.", content: { "text/calendar": { schema: text() } } },
        "401": refused,
        "404": refused,
      },
      security: SIDE,
    },
  },
};

function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest as JsonSchema;
}

/** Bodies of these requests and answers. */
export const liveSchemas: Readonly<Record<string, JsonSchema>> = {
  CreateRoomRequest: schemaOf(createRoomRequest),
  CreateRoomAnswer: fields({
    id: text(),
    title: text(),
    links: listOf(fields({ side: text(), url: text("Whoever has it is a participant of that side.") })),
  }),
  RoomList: fields({
    rooms: listOf(
      fields({
        id: text(),
        title: text(),
        created: text(),
        "closed?": text(),
        sides: listOf(
          fields({
            id: text(),
            name: text(),
            "domain?": text(),
            language: text(),
            engine: text(),
            retention: {},
          }),
        ),
      }),
    ),
  }),
  SideAnswer: schemaOf(sideAnswer),
  AvailabilityRequest: schemaOf(availabilityRequest),
  AvailabilityAnswer: fields({
    missing: integer("Sides that have not given theirs yet."),
    proposed: integer("Times that were proposed in the room."),
  }),
};
