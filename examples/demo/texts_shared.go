package main

import "github.com/verktoykatalog/verktoy/catalogue"

// sharedTexts stand on all sites.
var sharedTexts = map[string]catalogue.Text{
	"demo":      {"nb": "Digitale helseverktøy", "nn": "Digitale helseverktøy", "en": "Digital health tools"},
	"demo-note": {"nb": "Dette er en demo. Personer, leverandører og verktøy er oppdiktet.", "nn": "Dette er ein demo. Personar, leverandørar og verktøy er oppdikta.", "en": "This is a demo. People, vendors and tools are invented."},
	"skip":      {"nb": "Hopp til innholdet", "nn": "Hopp til innhaldet", "en": "Skip to the content"},
	"language":  {"nb": "Språk", "nn": "Språk", "en": "Language"},
	"menu":      {"nb": "Meny", "nn": "Meny", "en": "Menu"},

	"logged-in-as": {"nb": "Logget inn som", "nn": "Logga inn som", "en": "Logged in as"},
	"choose":       {"nb": "Velg", "nn": "Vel", "en": "Choose"},
	"mend":         {"nb": "Se på dette før du går videre", "nn": "Sjå på dette før du går vidare", "en": "Look at this before you go on"},
	"sending":      {"nb": "Sender …", "nn": "Sender …", "en": "Sending …"},
	"saving":       {"nb": "Lagrer …", "nn": "Lagrar …", "en": "Saving …"},
	"opening":      {"nb": "Åpner …", "nn": "Opnar …", "en": "Opening …"},
	"searching":    {"nb": "Søker …", "nn": "Søkjer …", "en": "Searching …"},

	"year-one":       {"nb": "1 år", "nn": "1 år", "en": "1 year"},
	"year-many":      {"nb": "%d år", "nn": "%d år", "en": "%d years"},
	"day-one":        {"nb": "1 dag", "nn": "1 dag", "en": "1 day"},
	"day-many":       {"nb": "%d dager", "nn": "%d dagar", "en": "%d days"},
	"week-one":       {"nb": "1 uke", "nn": "1 veke", "en": "1 week"},
	"week-many":      {"nb": "%d uker", "nn": "%d veker", "en": "%d weeks"},
	"days-left-one":  {"nb": "1 dag igjen", "nn": "1 dag igjen", "en": "1 day left"},
	"days-left-many": {"nb": "%d dager igjen", "nn": "%d dagar igjen", "en": "%d days left"},

	"ages":         {"nb": "Alder", "nn": "Alder", "en": "Age"},
	"ages-from":    {"nb": "Fra %d år", "nn": "Frå %d år", "en": "From %d years"},
	"ages-to":      {"nb": "Til og med %d år", "nn": "Til og med %d år", "en": "Up to %d years"},
	"ages-between": {"nb": "%d–%d år", "nn": "%d–%d år", "en": "%d–%d years"},
	"all-ages":     {"nb": "Alle aldre", "nn": "Alle aldrar", "en": "All ages"},

	"help-now": {"nb": "Trenger du hjelp nå? Ring 113 når det er fare for liv, legevakten på 116 117, eller snakk med Mental Helse på 116 123.",
		"nn": "Treng du hjelp no? Ring 113 når det er fare for liv, legevakta på 116 117, eller snakk med Mental Helse på 116 123.",
		"en": "Do you need help now? Call 113 when a life is in danger, the out-of-hours doctor on 116 117, or talk to Mental Helse on 116 123."},
}

// frontTexts are those of the first page.
var frontTexts = map[string]catalogue.Text{
	"front-title": {"nb": "Fra behandleren til innbyggeren, og tilbake igjen", "nn": "Frå behandlaren til innbyggjaren, og tilbake igjen", "en": "From the clinician to the citizen, and back"},
	"front-lead": {"nb": "En behandler finner et godkjent digitalt verktøy og sender det. Innbyggeren starter det fra sin egen side. Behandleren ser hva det ble av det. Her kan du gå hele veien.",
		"nn": "Ein behandlar finn eit godkjent digitalt verktøy og sender det. Innbyggjaren startar det frå si eiga side. Behandlaren ser kva det vart av det. Her kan du gå heile vegen.",
		"en": "A clinician finds an approved digital tool and sends it. The citizen starts it from a page of their own. The clinician sees what became of it. Here you can go the whole way."},
	"front-clinician-title": {"nb": "Behandleren finner og sender", "nn": "Behandlaren finn og sender", "en": "The clinician finds and sends"},
	"front-clinician-text": {"nb": "Søk på vanlig norsk, se hvem verktøyet passer for og ikke, og send det med tre klikk.",
		"nn": "Søk på vanleg norsk, sjå kven verktøyet passar for og ikkje, og send det med tre klikk.", "en": "Search in plain words, see whom the tool suits and whom not, and send it in three clicks."},
	"front-portal-title": {"nb": "Innbyggeren åpner og starter", "nn": "Innbyggjaren opnar og startar", "en": "The citizen opens and starts"},
	"front-portal-text": {"nb": "Mine verktøy: det behandleren har sendt, med frist, og det du kan starte selv eller for barnet ditt.",
		"nn": "Mine verktøy: det behandlaren har sendt, med frist, og det du kan starte sjølv eller for barnet ditt.", "en": "My tools: what the clinician has sent, with deadlines, and what you can start yourself or for your child."},
	"front-tool-title": {"nb": "Verktøyet", "nn": "Verktøyet", "en": "The tool"},
	"front-tool-text": {"nb": "Leverandørens egen side med en liten øvelse. Den åpnes fra Mine verktøy, med innlogging.",
		"nn": "Leverandøren si eiga side med ei lita øving. Ho blir opna frå Mine verktøy, med innlogging.", "en": "The vendor's own site with a small exercise. It opens from My tools, with a login."},
	"front-follow-title": {"nb": "Behandleren følger opp", "nn": "Behandlaren følgjer opp", "en": "The clinician follows up"},
	"front-follow-text": {"nb": "Hva som er åpnet, startet og fullført, hva som har blitt liggende, og hvem som tar over.",
		"nn": "Kva som er opna, starta og fullført, kva som har vorte liggjande, og kven som tek over.", "en": "What was opened, started and completed, what has been left lying, and who takes over."},
	"front-desk-title": {"nb": "Leverandøren og fagpanelet", "nn": "Leverandøren og fagpanelet", "en": "The vendor and the panel"},
	"front-desk-text": {"nb": "Leverandøren svarer på kravene og ser hva som mangler. Fagpanelet stemmer, og verktøyet kommer i søket.",
		"nn": "Leverandøren svarar på krava og ser kva som manglar. Fagpanelet stemmer, og verktøyet kjem i søket.",
		"en": "The vendor answers the requirements and sees what is missing. The panel votes, and the tool appears in the search."},
	"front-try":   {"nb": "Prøv dette", "nn": "Prøv dette", "en": "Try this"},
	"front-try-1": {"nb": "Søk som behandler etter", "nn": "Søk som behandlar etter", "en": "As a clinician, search for"},
	"front-try-2": {"nb": "Velg et verktøy, bekreft at du har vurdert hvem det ikke passer for, og send det.", "nn": "Vel eit verktøy, stadfest at du har vurdert kven det ikkje passar for, og send det.", "en": "Choose a tool, confirm that you have considered whom it does not suit, and send it."},
	"front-try-3": {"nb": "Logg inn som samme person i Mine verktøy, start verktøyet og gjør øvelsen.", "nn": "Logg inn som same person i Mine verktøy, start verktøyet og gjer øvinga.", "en": "Log in as the same person in My tools, start the tool and do the exercise."},
	"front-try-4": {"nb": "Gå tilbake til Det jeg har sendt og se at det er fullført.", "nn": "Gå tilbake til Det eg har sendt og sjå at det er fullført.", "en": "Go back to What I have sent and see that it is completed."},
}
