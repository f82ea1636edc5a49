import { Button, Field, Input, Select } from "@fluentui/react-components";
import { type FormEvent, type ReactElement, useState } from "react";
import { languageChoices, preferredLanguage } from "./languages.ts";
import type { KeptStore } from "./outbox.ts";
import { usePage } from "./page-context.ts";
import { ThemeChoice } from "./settings-panel.tsx";

export type JoinFormProps = {
  readonly kept: KeptStore;
  readonly isBusy: boolean;
  readonly onJoin: () => void;
};

/** Name, language and appearance; the name is what the others see. */
export function JoinForm({ kept, isBusy, onJoin }: JoinFormProps): ReactElement {
  const { say, language: interfaceLanguage } = usePage();
  const [name, setName] = useState(kept.read().name);
  const [language, setLanguage] = useState(kept.read().language || preferredLanguage(navigator.languages));
  const [isNameMissing, setIsNameMissing] = useState(false);

  function join(event: FormEvent): void {
    event.preventDefault();
    setIsNameMissing(name.trim() === "");
    if (name.trim() === "") return;
    kept.write({ name: name.trim(), language });
    onJoin();
  }

  return (
    <main className="card">
      <h1>{say("joinTitle")}</h1>
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
          <Select value={language} onChange={(_, { value }) => setLanguage(value)}>
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
