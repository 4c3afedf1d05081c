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
)

var textLogin = pageText{
	what: map[string]string{
		"nb": "Innloggingen ble avbrutt før den var ferdig.",
		"nn": "Innlogginga vart avbroten før ho var ferdig.",
		"en": "The login was stopped before it was finished.",
	},
	do: map[string]string{
		"nb": "Vil du fortsatt bruke verktøyet, kan du prøve på nytt. Hvis ikke, kan du bare lukke denne siden.",
		"nn": "Vil du framleis bruke verktøyet, kan du prøve på nytt. Viss ikkje, kan du berre lukke denne sida.",
		"en": "If you still want to use the tool, you can try again. If not, you can just close this page.",
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
		"nb": "Denne siden kan ikke åpnes for seg selv.",
		"nn": "Denne sida kan ikkje opnast for seg sjølv.",
		"en": "This page cannot be opened on its own.",
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
		"nb": "Denne starten er brukt før. Hver start virker bare én gang, slik at ingen andre kan bruke den.",
		"nn": "Denne starten er brukt før. Kvar start verkar berre éin gong, slik at ingen andre kan bruke han.",
		"en": "This start has been used before. Each start works only once, so that nobody else can use it.",
	},
	do: map[string]string{
		"nb": "Har du verktøyet åpent i en annen fane, fortsett der. Ellers går du tilbake til siden du kom fra, og starter på nytt.",
		"nn": "Har du verktøyet ope i ei anna fane, hald fram der. Elles går du tilbake til sida du kom frå, og startar på nytt.",
		"en": "If the tool is open in another tab, carry on there. Otherwise go back to the page you came from, and start again.",
	},
}

var textRepresentation = pageText{
	what: map[string]string{
		"nb": "Dette verktøyet kan bare brukes av den det gjelder, ikke på vegne av andre.",
		"nn": "Dette verktøyet kan berre brukast av den det gjeld, ikkje på vegner av andre.",
		"en": "This tool can only be used by the person it is for, not on behalf of others.",
	},
	do: map[string]string{
		"nb": "Gå tilbake til siden du kom fra, og start verktøyet for deg selv.",
		"nn": "Gå tilbake til sida du kom frå, og start verktøyet for deg sjølv.",
		"en": "Go back to the page you came from, and start the tool for yourself.",
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
