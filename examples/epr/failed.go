package main

import (
	"context"
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
)

// failedFor is how long what has failed is shown, in days.
const failedFor = prescription.DefaultDays

// failed is what has failed in the last months, the newest first, unless the tool
// was prescribed again since.
func (e *epr) failed(ctx context.Context) (failed []prescription.Prescription, err error) {
	found, err := e.store.Ended(ctx, tenant, prescription.Failed, e.now().AddDate(0, 0, -failedFor), prescription.Prescription{}, most)
	for _, p := range found {
		again, err := e.again(ctx, p)
		if err != nil {
			return nil, err
		}
		if !again {
			failed = append(failed, p)
		}
	}
	return failed, err
}

// again says whether the patient has got the tool again since.
func (e *epr) again(ctx context.Context, p prescription.Prescription) (bool, error) {
	newestFirst, err := e.store.ForPatient(ctx, tenant, p.Patient.Pseudonym, "", most)
	i := slices.IndexFunc(newestFirst, func(other prescription.Prescription) bool { return other.Tool == p.Tool })
	return i >= 0 && newestFirst[i].ID != p.ID, err
}

// why says why a prescription has failed: that it could not be delivered has a
// code, and that the tool or the portal reported it has none.
func (e *epr) why(ctx context.Context, p prescription.Prescription) (string, error) {
	if p.Reason != "" {
		return coded(p.Reason), nil
	}
	trail, err := e.store.Audit(ctx, p.ID)
	for _, entry := range slices.Backward(trail) {
		if entry.Event == prescription.EventFail && entry.By.Role == prescription.RoleTool {
			return toolFailed.In("nb"), err
		}
	}
	return portalFailed.In("nb"), err
}

// coded is a delivery's code with what it means.
func coded(code string) string {
	text, own := codes[code]
	if !own {
		text = oppgave.Text(code)
	}
	return code + ": " + text.In("nb")
}

func in(nb, nn, en string) catalogue.Text {
	return catalogue.Text{catalogue.Bokmaal: nb, catalogue.Nynorsk: nn, catalogue.English: en}
}

var (
	toolFailed = in("Verktøyet meldte fra om at det ikke kunne gjennomføres. Spør innbyggeren hva som skjedde, og send det på nytt eller velg noe annet.",
		"Verktøyet melde frå om at det ikkje kunne gjennomførast. Spør innbyggjaren kva som hende, og send det på nytt eller vel noko anna.",
		"The tool reported that it could not be carried out. Ask the citizen what happened, and send it again or choose something else.")
	portalFailed = in("Helsenorge meldte fra om at oppgaven er tatt bort. Spør innbyggeren hva som skjedde, og send det på nytt eller velg noe annet.",
		"Helsenorge melde frå om at oppgåva er teken bort. Spør innbyggjaren kva som hende, og send det på nytt eller vel noko anna.",
		"Helsenorge reported that the task has been taken away. Ask the citizen what happened, and send it again or choose something else.")
	// codes are those that are not Helsenorge's.
	codes = map[string]catalogue.Text{
		"store": in("Det kunne ikke lagres hva som skjedde med sendingen, så den kan ha kommet fram. Den som drifter systemet må sjekke databasen, og så la sendingen prøves igjen.",
			"Det kunne ikkje lagrast kva som hende med sendinga, så ho kan ha kome fram. Den som driftar systemet må sjekke databasen, og så la sendinga bli prøvd igjen.",
			"What became of the delivery could not be stored, so it may have arrived. Those who run the system check the database, and then let the delivery be tried again."),
		string(prescription.Expired): in("Fristen gikk ut før verktøyet ble levert. Sjekk at klokken går rett, og send det på nytt om innbyggeren fortsatt skal ha det.",
			"Fristen gjekk ut før verktøyet vart levert. Sjekk at klokka går rett, og send det på nytt om innbyggjaren framleis skal ha det.",
			"The deadline passed before the tool was delivered. Check that the clock is right, and send it again if the citizen shall still have it."),
	}
)
