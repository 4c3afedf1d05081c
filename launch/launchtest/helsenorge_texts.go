package launchtest

import "fmt"

// spoken is a text for the citizen in the languages that the pages can be in. Helsenorge
// itself takes nothing but ui_locales nb; the browser may wish for another.
type spoken struct{ nb, nn, en string }

// in says it, with the names that belong in it.
func (s spoken) in(lang string, names ...any) string {
	text := s.nb
	switch lang {
	case "nn":
		text = s.nn
	case "en":
		text = s.en
	}
	if len(names) == 0 {
		return text
	}
	return fmt.Sprintf(text, names...)
}

var (
	sayPortal = spoken{"simulert Helsenorge", "simulert Helsenorge", "simulated Helsenorge"}
	sayCancel = spoken{"Avbryt", "Avbryt", "Cancel"}
	sayLogin  = spoken{"Logg inn", "Logg inn", "Log in"}
	sayWho    = spoken{
		"Dette er en simulator med oppdiktede personer. Hvem vil logge inn for å bruke %s?",
		"Dette er ein simulator med oppdikta personar. Kven vil logge inn for å bruke %s?",
		"This is a simulator with invented persons. Who wants to log in to use %s?",
	}
	sayLoginAs    = spoken{"Logg inn som %s", "Logg inn som %s", "Log in as %s"}
	sayContinueAs = spoken{"Fortsett som %s", "Hald fram som %s", "Go on as %s"}
	sayForWhom    = spoken{"Hvem gjelder det?", "Kven gjeld det?", "Who is it for?"}
	sayChoose     = spoken{
		"Velg hvem du vil bruke verktøyet for.",
		"Vel kven du vil bruke verktøyet for.",
		"Choose whom you want to use the tool for.",
	}
	sayMyself   = spoken{"Meg selv, %s", "Meg sjølv, %s", "Myself, %s"}
	sayOnYour   = spoken{"Du sendes videre", "Du blir send vidare", "You are being sent on"}
	sayIfNot    = spoken{"Skjer det ikke noe, trykk på knappen.", "Skjer det ikkje noko, trykk på knappen.", "If nothing happens, press the button."}
	sayInactive = spoken{"Du kan ikke bruke verktøyet", "Du kan ikkje bruke verktøyet", "You cannot use the tool"}
	sayBecause  = spoken{
		"Du er ikke digitalt aktiv på Helsenorge. Derfor kan du ikke bruke verktøyet.",
		"Du er ikkje digitalt aktiv på Helsenorge. Difor kan du ikkje bruke verktøyet.",
		"You are not digitally active at Helsenorge. Therefore you cannot use the tool.",
	}
	sayToTool    = spoken{"Gå videre til verktøyet", "Gå vidare til verktøyet", "Go on to the tool"}
	sayLoggedOut = spoken{"Du er logget ut", "Du er logga ut", "You are logged out"}
	sayClose     = spoken{
		"Du er logget ut av Helsenorge. Lukk nettleseren.",
		"Du er logga ut av Helsenorge. Lukk nettlesaren.",
		"You are logged out of Helsenorge. Close the browser.",
	}
	sayUnusable = spoken{"Denne siden kan ikke brukes", "Denne sida kan ikkje brukast", "This page cannot be used"}
	sayAgain    = spoken{
		"Den er kanskje brukt før, eller den er for gammel. Start verktøyet på nytt fra siden der du fant det.",
		"Ho er kanskje brukt før, eller ho er for gammal. Start verktøyet på nytt frå sida der du fann det.",
		"It may have been used before, or it is too old. Start the tool again from the page where you found it.",
	}
)
