package oppgave

import (
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// reasonText is what the citizen reads about why a task was taken back. It tells
// nothing about the citizen: a task may be seen by who represents them.
func reasonText(p prescription.Prescription) catalogue.Text {
	if t, known := stateReasons[p.State]; known {
		return t
	}
	if t, known := reasons[p.Reason]; known {
		return t
	}
	return taken
}

var (
	taken = in("Avsenderen har trukket verktøyet tilbake. Ta kontakt med avsenderen om du lurer på noe.",
		"Avsendaren har trekt verktøyet tilbake. Ta kontakt med avsendaren om du lurer på noko.",
		"The sender has taken the tool back. Contact the sender if you have questions.")
	mistake = in("Verktøyet ble sendt ved en feil. Du trenger ikke å gjøre noe.", "Verktøyet vart sendt ved ein feil. Du treng ikkje å gjere noko.",
		"The tool was sent by mistake. You need not do anything.")
	replaced = in("Du har fått et nytt verktøy i stedet. Se i oppgavene dine.", "Du har fått eit nytt verktøy i staden. Sjå i oppgåvene dine.",
		"You have got a new tool instead. Look among your tasks.")
	renewed = in("Du har fått verktøyet på nytt. Se i oppgavene dine.", "Du har fått verktøyet på nytt. Sjå i oppgåvene dine.",
		"You have got the tool once more. Look among your tasks.")
	withdrawn = in("Verktøyet kan ikke brukes lenger. Ta kontakt med avsenderen om du trenger et annet.",
		"Verktøyet kan ikkje brukast lenger. Ta kontakt med avsendaren om du treng eit anna.",
		"The tool can no longer be used. Contact the sender if you need another one.")
	declined = in("Verktøyet er tatt bort. Ta kontakt med avsenderen om du vil bruke det likevel.",
		"Verktøyet er teke bort. Ta kontakt med avsendaren om du vil bruke det likevel.",
		"The tool has been taken away. Contact the sender if you want to use it after all.")
	failed = in("Verktøyet kan ikke brukes denne gangen. Ta kontakt med avsenderen om du trenger hjelp.",
		"Verktøyet kan ikkje brukast denne gongen. Ta kontakt med avsendaren om du treng hjelp.",
		"The tool cannot be used this time. Contact the sender if you need help.")
)

var stateReasons = map[prescription.State]catalogue.Text{
	prescription.EnteredInError: mistake, prescription.Declined: declined, prescription.Failed: failed,
}

var reasons = map[string]catalogue.Text{
	prescription.ReasonRenewed:       renewed,
	prescription.ReasonReplaced:      replaced,
	prescription.ReasonWrongPatient:  mistake,
	prescription.ReasonWrongTool:     mistake,
	prescription.ReasonToolWithdrawn: withdrawn,
}
