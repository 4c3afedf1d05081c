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
		"nb": "Rapporten gjelder verktøy som ble sendt til innbyggere fra %s til %s. Tallene er talt opp %s.\n\n",
		"nn": "Rapporten gjeld verktøy som vart sende til innbyggjarar frå %s til %s. Tala er talde opp %s.\n\n",
		"en": "The report is about tools that were sent to citizens from %s to %s. The numbers were counted on %s.\n\n",
	}
	reportFunnel = phrase{
		"nb": "## Hvor langt kom innbyggerne?\n\n| | Antall | Andel av sendte |\n|---|---:|---:|\n| Sendt | %s | |\n| Levert | %s | %s |\n| Åpnet | %s | %s |\n| Startet | %s | %s |\n| Fullført | %s | %s |\n\n",
		"nn": "## Kor langt kom innbyggjarane?\n\n| | Tal | Del av sende |\n|---|---:|---:|\n| Sendt | %s | |\n| Levert | %s | %s |\n| Opna | %s | %s |\n| Starta | %s | %s |\n| Fullført | %s | %s |\n\n",
		"en": "## How far did citizens come?\n\n| | Number | Share of sent |\n|---|---:|---:|\n| Sent | %s | |\n| Delivered | %s | %s |\n| Opened | %s | %s |\n| Started | %s | %s |\n| Completed | %s | %s |\n\n",
	}
	reportStand = phrase{
		"nb": "Av resten er %s fortsatt i gang, %s takket nei, %s ble trukket tilbake, %s mislyktes, og for %s gikk fristen ut.\n\n",
		"nn": "Av resten er %s framleis i gang, %s takka nei, %s vart trekte tilbake, %s mislukkast, og for %s gjekk fristen ut.\n\n",
		"en": "Of the others, %s are still going on, %s said no, %s were taken back, %s failed, and for %s the deadline passed.\n\n",
	}
	reportTimes = phrase{
		"nb": "## Hvor lang tid tok det?\n\n| | Antall | Halvparten innen (dager) | Ni av ti innen (dager) |\n|---|---:|---:|---:|\n",
		"nn": "## Kor lang tid tok det?\n\n| | Tal | Halvparten innan (dagar) | Ni av ti innan (dagar) |\n|---|---:|---:|---:|\n",
		"en": "## How long did it take?\n\n| | Number | Half within (days) | Nine in ten within (days) |\n|---|---:|---:|---:|\n",
	}
	reportToOpen     = phrase{"nb": "Fra sendt til åpnet", "nn": "Frå sendt til opna", "en": "From sent to opened"}
	reportToStart    = phrase{"nb": "Fra sendt til startet", "nn": "Frå sendt til starta", "en": "From sent to started"}
	reportToComplete = phrase{"nb": "Fra startet til fullført", "nn": "Frå starta til fullført", "en": "From started to completed"}
	reportTools      = phrase{
		"nb": "\n## Verktøyene\n\n| Verktøy | Sendt | Åpnet | Startet | Fullført |\n|---|---:|---:|---:|---:|\n",
		"nn": "\n## Verktøya\n\n| Verktøy | Sendt | Opna | Starta | Fullført |\n|---|---:|---:|---:|---:|\n",
		"en": "\n## The tools\n\n| Tool | Sent | Opened | Started | Completed |\n|---|---:|---:|---:|---:|\n",
	}
	reportOthers = phrase{"nb": "Andre verktøy", "nn": "Andre verktøy", "en": "Other tools"}
	reportMore   = phrase{
		"nb": "\nI tillegg kommer %d verktøy som ble sendt sjeldnere.\n",
		"nn": "\nI tillegg kjem %d verktøy som vart sende sjeldnare.\n",
		"en": "\nA further %d tools were sent more seldom.\n",
	}
	reportScores = phrase{
		"nb": "\n## Plager før og etter\n\n| Skjema | Verktøy | Par | Snitt før | Snitt etter | Endring |\n|---|---|---:|---:|---:|---:|\n",
		"nn": "\n## Plager før og etter\n\n| Skjema | Verktøy | Par | Snitt før | Snitt etter | Endring |\n|---|---|---:|---:|---:|---:|\n",
		"en": "\n## Symptoms before and after\n\n| Questionnaire | Tool | Pairs | Mean before | Mean after | Change |\n|---|---|---:|---:|---:|---:|\n",
	}
	reportScoresNote = phrase{
		"nb": "\nEt tall under null betyr færre plager. At folk fikk det bedre, beviser ikke at verktøyet var grunnen.\n",
		"nn": "\nEit tal under null tyder færre plager. At folk fekk det betre, prover ikkje at verktøyet var grunnen.\n",
		"en": "\nA number below zero means fewer symptoms. That people felt better does not prove that the tool was the reason.\n",
	}
	reportHidden = phrase{
		"nb": "\nGrupper med færre enn %d vises ikke, så ingen kan kjennes igjen. Der står det * eller –, eller de er talt med under «Andre verktøy».\n",
		"nn": "\nGrupper med færre enn %d blir ikkje viste, så ingen kan kjennast att. Der står det * eller –, eller dei er talde med under «Andre verktøy».\n",
		"en": "\nGroups of fewer than %d are not shown, so that nobody can be recognised. There it says * or –, or they are counted under “Other tools”.\n",
	}
)
