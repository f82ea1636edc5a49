import { Button, Radio, RadioGroup } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { LiveSlot } from "../../src/apps/server/protocol/live-messages.ts";
import { AvailabilityForm } from "./availability-form.tsx";
import { failureText, type LiveRequests } from "./live-requests.ts";
import { usePage } from "./page-context.ts";
import type { RoomSession } from "./room-session.ts";
import type { RoomState } from "./room-state.ts";
import { ownTimeZone, slotText } from "./slot-text.ts";

export type MeetingPanelProps = {
  readonly room: RoomState;
  readonly session: RoomSession;
  readonly requests: LiveRequests;
};

/** When is everybody free: my busy times go out, times for all come back, one is chosen. */
export function MeetingPanel({ room, session, requests }: MeetingPanelProps): ReactElement {
  const { say } = usePage();
  return (
    <section className="panel" aria-labelledby="meeting">
      <h2 id="meeting">{say("meetingTitle")}</h2>
      {room.chosen !== undefined && <Chosen chosen={room.chosen} room={room} requests={requests} />}
      {room.slots !== undefined && <Slots slots={room.slots} session={session} />}
      <AvailabilityForm requests={requests} hasSlots={room.slots !== undefined} />
    </section>
  );
}

function Slots({
  slots,
  session,
}: {
  readonly slots: readonly LiveSlot[];
  readonly session: RoomSession;
}): ReactElement {
  const { say, locale } = usePage();
  const [picked, setPicked] = useState<string>();
  const timeZone = ownTimeZone();
  const slot = slots.find(({ start }) => start === picked);
  if (slots.length === 0) return <p>{say("noneFree")}</p>;
  return (
    <div className="form">
      <div>
        <h3 id="slots">{say("proposed")}</h3>
        <p className="quiet">{say("inYourZone", { timeZone })}</p>
      </div>
      <RadioGroup aria-labelledby="slots" value={picked ?? ""} onChange={(_, { value }) => setPicked(value)}>
        {slots.map((each) => (
          <Radio
            key={each.start}
            value={each.start}
            disabled={Date.parse(each.start) <= Date.now()}
            label={slotText(each, locale, timeZone)}
          />
        ))}
      </RadioGroup>
      <Button disabled={slot === undefined} onClick={() => slot !== undefined && session.choose(slot)}>
        {say("choose")}
      </Button>
    </div>
  );
}

type ChosenProps = {
  readonly chosen: NonNullable<RoomState["chosen"]>;
  readonly room: RoomState;
  readonly requests: LiveRequests;
};

function Chosen({ chosen, room, requests }: ChosenProps): ReactElement {
  const page = usePage();
  const { say, locale } = page;
  const [problem, setProblem] = useState("");
  const name = room.known[chosen.participant]?.name ?? say("someone");
  async function download(): Promise<void> {
    setProblem("");
    try {
      await requests.invitation();
    } catch (error) {
      setProblem(say("downloadFailed", { reason: failureText(error, page) }));
    }
  }
  return (
    <div className="chosen" role="status">
      <h3>{say("chosen")}</h3>
      <p className="chosen-time">{slotText(chosen.slot, locale, ownTimeZone())}</p>
      <p className="quiet">{say("chosenBy", { name })}</p>
      <Button size="small" onClick={() => void download()}>
        {say("invitation")}
      </Button>
      {problem !== "" && <p className="problem">{problem}</p>}
    </div>
  );
}
