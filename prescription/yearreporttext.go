package prescription

import "github.com/verktoykatalog/verktoy/catalogue"

// phrase is a text in the languages of the report.
type phrase map[catalogue.Lang]string

var (
	reportTitle = phrase{
		"nb": "# Digitale verktøy i %s\n\n",
		"nn": "# Digitale verktøy i %s\n\n",
		"en": "# Digital tools in %s\n\n",
	}
	reportPeriod = phrase{
		"nb": "Rapporten gjelder verktøy som ble sendt til innbyggere fra og med %s til og med %s. Den teller hver gang et verktøy ble sendt, ikke personer: den som fikk to verktøy, er talt med to ganger. Tallene er talt opp %s.\n\n",
		"nn": "Rapporten gjeld verktøy som vart sende til innbyggjarar frå og med %s til og med %s. Han tel kvar gong eit verktøy vart sendt, ikkje personar: den som fekk to verktøy, er tald med to gonger. Tala er talde opp %s.\n\n",
		"en": "This report is about tools that were sent to citizens from %s up to and including %s. It counts each time a tool was sent, not people: someone who was sent two tools is counted twice. The numbers were counted on %s.\n\n",
	}
	reportNothing = phrase{
		"nb": "Ingen verktøy ble sendt i denne tiden.\n",
		"nn": "Ingen verktøy vart sende i denne tida.\n",
		"en": "No tools were sent in this period.\n",
	}
	reportFunnel = phrase{
		"nb": "## Hvor langt kom innbyggerne?\n\n| Trinn | Antall | Andel av sendte |\n|---|---:|---:|\n| Sendt | %s | |\n| Levert | %s | %s |\n| Åpnet | %s | %s |\n| Startet | %s | %s |\n| Fullført | %s | %s |\n\n",
		"nn": "## Kor langt kom innbyggjarane?\n\n| Steg | Tal | Del av sende |\n|---|---:|---:|\n| Sendt | %s | |\n| Levert | %s | %s |\n| Opna | %s | %s |\n| Starta | %s | %s |\n| Fullført | %s | %s |\n\n",
		"en": "## How far did citizens get?\n\n| Step | Number | Share of sent |\n|---|---:|---:|\n| Sent | %s | |\n| Delivered | %s | %s |\n| Opened | %s | %s |\n| Started | %s | %s |\n| Completed | %s | %s |\n\n",
	}
	reportStand = phrase{
		"nb": "De som ikke er fullført:\n\n| Status | Antall |\n|---|---:|\n| Ikke avsluttet ennå | %s |\n| Innbyggeren takket nei | %s |\n| Trukket tilbake | %s |\n| Kunne ikke leveres eller gjennomføres | %s |\n| Fristen gikk ut | %s |\n\n",
		"nn": "Dei som ikkje er fullførte:\n\n| Status | Tal |\n|---|---:|\n| Ikkje avslutta enno | %s |\n| Innbyggjaren takka nei | %s |\n| Trekt tilbake | %s |\n| Kunne ikkje leverast eller gjennomførast | %s |\n| Fristen gjekk ut | %s |\n\n",
		"en": "Those that are not completed:\n\n| Status | Number |\n|---|---:|\n| Not ended yet | %s |\n| The citizen said no | %s |\n| Withdrawn | %s |\n| Could not be delivered or carried out | %s |\n| The deadline passed | %s |\n\n",
	}
	reportTimes = phrase{
		"nb": "## Hvor lang tid tok det?\n\n| | Målt | Halvparten innen (dager) | Ni av ti innen (dager) |\n|---|---:|---:|---:|\n",
		"nn": "## Kor lang tid tok det?\n\n| | Målt | Halvparten innan (dagar) | Ni av ti innan (dagar) |\n|---|---:|---:|---:|\n",
		"en": "## How long did it take?\n\n| | Measured | Half within (days) | Nine in ten within (days) |\n|---|---:|---:|---:|\n",
	}
	reportToOpen     = phrase{"nb": "Fra sendt til åpnet", "nn": "Frå sendt til opna", "en": "From sent to opened"}
	reportToStart    = phrase{"nb": "Fra sendt til startet", "nn": "Frå sendt til starta", "en": "From sent to started"}
	reportToComplete = phrase{"nb": "Fra startet til fullført", "nn": "Frå starta til fullført", "en": "From started to completed"}
	reportUnder      = phrase{"nb": "under %s", "nn": "under %s", "en": "under %s"}
	reportTimesNote  = phrase{
		"nb": "\n«Målt» er antallet der begge tidspunktene er kjent. Ikke alle verktøy melder fra om alle trinn.\n",
		"nn": "\n«Målt» er talet på dei der begge tidspunkta er kjende. Ikkje alle verktøy melder frå om alle steg.\n",
		"en": "\n“Measured” is how many have both times known. Not all tools report every step.\n",
	}
	reportTools = phrase{
		"nb": "\n## Verktøyene\n\n| Verktøy | Sendt | Åpnet | Startet | Fullført |\n|---|---:|---:|---:|---:|\n",
		"nn": "\n## Verktøya\n\n| Verktøy | Sendt | Opna | Starta | Fullført |\n|---|---:|---:|---:|---:|\n",
		"en": "\n## The tools\n\n| Tool | Sent | Opened | Started | Completed |\n|---|---:|---:|---:|---:|\n",
	}
	reportOthers = phrase{"nb": "Andre verktøy", "nn": "Andre verktøy", "en": "Other tools"}
	reportMore   = phrase{
		"nb": "\nSendt sjeldnere, og ikke med i tabellen: %d verktøy.\n",
		"nn": "\nSende sjeldnare, og ikkje med i tabellen: %d verktøy.\n",
		"en": "\nTools that were sent less often and are not in the table: %d.\n",
	}
	reportScores = phrase{
		"nb": "\n## Plager før og etter\n\n| Skjema | Verktøy | Par | Snitt før | Snitt etter | Endring |\n|---|---|---:|---:|---:|---:|\n",
		"nn": "\n## Plager før og etter\n\n| Skjema | Verktøy | Par | Snitt før | Snitt etter | Endring |\n|---|---|---:|---:|---:|---:|\n",
		"en": "\n## Symptoms before and after\n\n| Questionnaire | Tool | Pairs | Mean before | Mean after | Change |\n|---|---|---:|---:|---:|---:|\n",
	}
	reportScoresNote = phrase{
		"nb": "\nEt par er én person som svarte både før og etter. For PHQ-9 og GAD-7 betyr en endring under null færre plager. At folk fikk det bedre, beviser ikke at verktøyet var grunnen.\n",
		"nn": "\nEit par er éin person som svara både før og etter. For PHQ-9 og GAD-7 betyr ei endring under null færre plager. At folk fekk det betre, er ikkje noko prov på at verktøyet var grunnen.\n",
		"en": "\nA pair is one person who answered both before and after. For PHQ-9 and GAD-7 a change below zero means fewer symptoms. That people felt better does not prove that the tool was the reason.\n",
	}
	// reportHidden promises no more than is done: steps and tables stand side by side.
	reportHidden = phrase{
		"nb": "\nTall under %d vises ikke, bortsett fra 0, og der det trengs, er ett tall til skjult: da står det * eller –. Verktøy som ble sendt så sjelden, er talt sammen under «Andre verktøy». Rapporten sier ingenting om enkeltpersoner, men noen små tall kan regnes ut ved å trekke ett tall fra et annet. Tenk på det når du deler den.\n",
		"nn": "\nTal under %d blir ikkje viste, bortsett frå 0, og der det trengst, er eitt tal til skjult: då står det * eller –. Verktøy som vart sende så sjeldan, er talde saman under «Andre verktøy». Rapporten seier ingenting om enkeltpersonar, men nokre små tal kan reknast ut ved å trekkje eitt tal frå eit anna. Tenk på det når du deler han.\n",
		"en": "\nNumbers below %d are not shown, except 0, and where needed one more number is hidden with them: there it says * or –. Tools that were sent that seldom are counted together under “Other tools”. The report says nothing about individuals, but some small numbers can be worked out by subtracting one number from another. Bear that in mind when you share it.\n",
	}
	reportAllShown = phrase{
		"nb": "\nAlle tall vises, også små, og små tall kan gjøre at noen kjennes igjen. Del rapporten bare med dem som kan se slike tall.\n",
		"nn": "\nAlle tal er viste, også små, og små tal kan gjere at nokon blir kjende att. Del rapporten berre med dei som kan sjå slike tal.\n",
		"en": "\nAll numbers are shown, small ones too, and small numbers can make somebody recognisable. Share the report only with those who may see such numbers.\n",
	}
)
