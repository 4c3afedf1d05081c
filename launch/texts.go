package launch

// pageText is what happened and what to do, by language.
type pageText struct{ what, do map[string]string }

func textOf(kind Kind) pageText {
	switch kind {
	case KindRequest, KindTooLarge, KindMalformed:
		return textNoLaunch
	case KindExpired:
		return textExpired
	case KindReplayed:
		return textReplayed
	case KindRepresentation:
		return textRepresentation
	case KindLogin:
		return textLogin
	case KindState:
		return textState
	case KindKeysUnavailable, KindReplayUnavailable, KindLoginUnavailable:
		return textUnavailable
	}
	return textRefused
}

var (
	title = map[string]string{
		"nb": "Vi fikk ikke startet verktøyet",
		"nn": "Vi fekk ikkje starta verktøyet",
		"en": "We could not start the tool",
	}
	refName   = map[string]string{"nb": "Referanse", "nn": "Referanse", "en": "Reference"}
	againName = map[string]string{"nb": "Prøv på nytt", "nn": "Prøv på nytt", "en": "Try again"}

	portalName = map[string]string{"nb": "Til siden der du finner verktøyet", "nn": "Til sida der du finn verktøyet", "en": "To the page where you find the tool"}
)

// The person stopped, or the provider let nobody on: it does not always say which.
var textLogin = pageText{
	what: map[string]string{
		"nb": "Innloggingen ble ikke fullført.",
		"nn": "Innlogginga vart ikkje fullført.",
		"en": "The login was not completed.",
	},
	do: map[string]string{
		"nb": "Avbrøt du selv, kan du prøve på nytt eller bare lukke denne siden. Hvis ikke, logg inn på siden du kom fra, og se om du må gjøre noe der først. Hjelper ikke det, gi beskjed til dem som driver siden, og oppgi referansen.",
		"nn": "Avbraut du sjølv, kan du prøve på nytt eller berre lukke denne sida. Viss ikkje, logg inn på sida du kom frå, og sjå om du må gjere noko der først. Hjelper ikkje det, gje beskjed til dei som driv sida, og oppgje referansen.",
		"en": "If you stopped it yourself, you can try again or just close this page. If not, log in to the page you came from, and see whether you must do something there first. If that does not help, tell the people who run that page, and give them the reference.",
	},
}

var textState = pageText{
	what: map[string]string{
		"nb": "Vi finner ikke igjen innloggingen din i denne nettleseren. Derfor kan vi ikke slippe deg inn.",
		"nn": "Vi finn ikkje igjen innlogginga di i denne nettlesaren. Derfor kan vi ikkje sleppe deg inn.",
		"en": "We cannot find your login in this browser, so we cannot let you in.",
	},
	do: map[string]string{
		"nb": "Vanligvis er det fordi nettleseren blokkerer informasjonskapsler, fordi det gikk mer enn ti minutter, eller fordi du gikk tilbake til en gammel side. Sjekk at informasjonskapsler er tillatt, og prøv på nytt.",
		"nn": "Vanlegvis er det fordi nettlesaren blokkerer informasjonskapslar, fordi det gjekk meir enn ti minutt, eller fordi du gjekk tilbake til ei gammal side. Sjekk at informasjonskapslar er tillatne, og prøv på nytt.",
		"en": "Usually the browser blocks cookies, more than ten minutes went by, or you went back to an old page. Check that cookies are allowed, and try again.",
	},
}

var textNoLaunch = pageText{
	what: map[string]string{
		"nb": "Denne siden kan ikke åpnes direkte.",
		"nn": "Denne sida kan ikkje opnast direkte.",
		"en": "This page cannot be opened directly.",
	},
	do: map[string]string{
		"nb": "Gå til siden der du fant verktøyet, og start det derfra.",
		"nn": "Gå til sida der du fann verktøyet, og start det derifrå.",
		"en": "Go to the page where you found the tool, and start it from there.",
	},
}

var textRefused = pageText{
	what: map[string]string{
		"nb": "Noe stemte ikke da du ble sendt hit, og da slipper vi ingen inn. Du har ikke gjort noe galt.",
		"nn": "Noko stemte ikkje då du vart send hit, og då slepp vi ingen inn. Du har ikkje gjort noko gale.",
		"en": "Something was not right when you were sent here, so we let nobody in. You have done nothing wrong.",
	},
	do: map[string]string{
		"nb": "Gå tilbake til siden du kom fra, og start verktøyet på nytt. Hjelper ikke det, gi beskjed til dem som driver siden, og oppgi referansen.",
		"nn": "Gå tilbake til sida du kom frå, og start verktøyet på nytt. Hjelper ikkje det, gje beskjed til dei som driv sida, og oppgje referansen.",
		"en": "Go back to the page you came from, and start the tool again. If that does not help, tell the people who run that page, and give them the reference.",
	},
}

var textExpired = pageText{
	what: map[string]string{
		"nb": "Det gikk for lang tid fra du startet verktøyet til du kom hit.",
		"nn": "Det gjekk for lang tid frå du starta verktøyet til du kom hit.",
		"en": "Too much time passed from when you started the tool until you got here.",
	},
	do: map[string]string{
		"nb": "Gå tilbake til siden du kom fra, og start verktøyet på nytt.",
		"nn": "Gå tilbake til sida du kom frå, og start verktøyet på nytt.",
		"en": "Go back to the page you came from, and start the tool again.",
	},
}

var textReplayed = pageText{
	what: map[string]string{
		"nb": "Verktøyet er allerede startet. Denne siden virker bare én gang, slik at ingen andre kan starte verktøyet i ditt navn.",
		"nn": "Verktøyet er alt starta. Denne sida verkar berre éin gong, slik at ingen andre kan starte verktøyet i ditt namn.",
		"en": "The tool has already been started. This page works only once, so that nobody else can start the tool in your name.",
	},
	do: map[string]string{
		"nb": "Har du verktøyet åpent i en annen fane, fortsett der. Ellers går du tilbake til siden du kom fra, og starter på nytt.",
		"nn": "Har du verktøyet ope i ei anna fane, hald fram der. Elles går du tilbake til sida du kom frå, og startar på nytt.",
		"en": "If the tool is open in another tab, carry on there. Otherwise go back to the page you came from, and start again.",
	},
}

var textRepresentation = pageText{
	what: map[string]string{
		"nb": "Du kan ikke bruke dette verktøyet på vegne av denne personen.",
		"nn": "Du kan ikkje bruke dette verktøyet på vegner av denne personen.",
		"en": "You cannot use this tool on behalf of this person.",
	},
	do: map[string]string{
		"nb": "Gå tilbake til siden du kom fra, og start verktøyet for deg selv. Gjelder det en annen, spør dem som tilbyr verktøyet, hvem som kan bruke det.",
		"nn": "Gå tilbake til sida du kom frå, og start verktøyet for deg sjølv. Gjeld det ein annan, spør dei som tilbyr verktøyet, kven som kan bruke det.",
		"en": "Go back to the page you came from, and start the tool for yourself. If it is for somebody else, ask those who offer the tool who can use it.",
	},
}

var textUnavailable = pageText{
	what: map[string]string{
		"nb": "Vi klarer ikke å ta imot deg akkurat nå. Feilen er hos oss, ikke hos deg.",
		"nn": "Vi klarer ikkje å ta imot deg akkurat no. Feilen er hos oss, ikkje hos deg.",
		"en": "We cannot let you in just now. The fault is ours, not yours.",
	},
	do: map[string]string{
		"nb": "Vent et minutt, gå tilbake til siden du kom fra, og start verktøyet på nytt.",
		"nn": "Vent eit minutt, gå tilbake til sida du kom frå, og start verktøyet på nytt.",
		"en": "Wait a minute, go back to the page you came from, and start the tool again.",
	},
}
