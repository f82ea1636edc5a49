import { z } from "zod";
import { clientMessage, serverMessage } from "./live-messages.ts";
import { availabilityRequest, createRoomRequest, sideAnswer } from "./live-requests.ts";

/** The messages of the socket `/api/live/socket` and the bodies of the requests beside it, as one JSON Schema. */
export function liveJsonSchema(): object {
  const schemas = { clientMessage, serverMessage, createRoomRequest, sideAnswer, availabilityRequest };
  const $defs = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
      return [name, rest];
    }),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Messages of live translation",
    description:
      "A message of the socket is either a clientMessage or a serverMessage, one JSON object a text frame.",
    anyOf: [{ $ref: "#/$defs/clientMessage" }, { $ref: "#/$defs/serverMessage" }],
    $defs,
  };
}
