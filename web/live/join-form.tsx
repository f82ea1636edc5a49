import { Button, Field, Input, Select } from "@fluentui/react-components";
import { type FormEvent, type ReactElement, useState } from "react";
import type { SideAnswer } from "../../src/apps/server/protocol/live-requests.ts";
import { languageChoices, preferredLanguage } from "./languages.ts";
import type { KeptStore } from "./outbox.ts";
import { usePage } from "./page-context.ts";
import { ThemeChoice } from "./settings-panel.tsx";

export type JoinFormProps = {
  readonly kept: KeptStore;
  /** Where the link leads, once that is known. */
  readonly side: SideAnswer | undefined;
  readonly isBusy: boolean;
  readonly onJoin: () => void;
};

/** Name, language and appearance; the name is what the others see. */
export function JoinForm({ kept, side: found, isBusy, onJoin }: JoinFormProps): ReactElement {
  const { say, language: interfaceLanguage } = usePage();
  const [name, setName] = useState(kept.read().name);
  const [chosen, setChosen] = useState(kept.read().language);
  const language = chosen || found?.side.language || preferredLanguage(navigator.languages);
  const [isNameMissing, setIsNameMissing] = useState(false);

  function join(event: FormEvent): void {
    event.preventDefault();
    setIsNameMissing(name.trim() === "");
    if (name.trim() === "") return;
    // Without a choice it is the side's, also where that is not known here.
    kept.write({ name: name.trim(), language: chosen });
    onJoin();
  }

  return (
    <main className="card">
      <h1>{found === undefined ? say("joinTitle") : <bdi>{found.room.title}</bdi>}</h1>
      {found !== undefined && <JoinsFor side={found.side} />}
      <p>{say("joinLead")}</p>
      <form className="form" onSubmit={join} noValidate>
        <Field
          label={say("name")}
          required
          {...(isNameMissing ? { validationMessage: say("nameNeeded") } : {})}
        >
          <Input
            value={name}
            maxLength={80}
            autoComplete="name"
            dir="auto"
            autoFocus
            onChange={(_, { value }) => {
              setName(value);
              setIsNameMissing(false);
            }}
          />
        </Field>
        <Field label={say("language")} hint={say("languageHint")}>
          <Select value={language} onChange={(_, { value }) => setChosen(value)}>
            {languageChoices(interfaceLanguage, language).map(({ tag, name: shown }) => (
              <option key={tag} value={tag}>
                {shown}
              </option>
            ))}
          </Select>
        </Field>
        <ThemeChoice />
        <Button type="submit" appearance="primary" size="large" disabled={isBusy}>
          {say("join")}
        </Button>
      </form>
    </main>
  );
}

function JoinsFor({ side: { name, domain } }: { readonly side: SideAnswer["side"] }): ReactElement {
  const { say } = usePage();
  return (
    <p className="joins-for">
      {say("joinsFor")} <bdi>{name}</bdi>
      {domain !== undefined && (
        <span className="quiet">
          {" "}
          (<bdi>{domain}</bdi>)
        </span>
      )}
    </p>
  );
}
