package prescriptionsql_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

var (
	noon      = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	therapist = prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}
)

// number is a synthetic identity number, made here so that it is nobody's.
func number(t testing.TB) (string, prescription.NationalID) {
	t.Helper()
	for n := range 100_000 {
		s := fmt.Sprintf("158190%05d", n)
		if id, err := prescription.ParseNationalID(s); err == nil {
			return s, id
		}
	}
	require.Fail(t, "no number")
	return "", prescription.NationalID{}
}

func tools(id catalogue.ToolID) (catalogue.Tool, bool) {
	t := catalogue.Tool{ID: id, Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Søvn"},
		Start: []catalogue.Start{{Platform: "web", URL: "https://tool.example.org/launch", Profile: "hti"}},
		Units: []catalogue.Unit{{ID: "eight-weeks", Title: catalogue.Text{"nb": "Åtte uker"}, Days: 56,
			PatientText: catalogue.Text{"nb": "Øv litt hver kveld."}}}}
	if id == "withdrawn" {
		t.Status = catalogue.StatusWithdrawn
	}
	return t, id == "sleep" || id == "withdrawn"
}

func service(t testing.TB) *prescription.Service {
	t.Helper()
	s, err := prescription.NewService(prescription.Config{Tools: tools, Synthetic: true, Now: func() time.Time { return noon }})
	require.NoError(t, err)
	return s
}

func request(t testing.TB, key string) prescription.Request {
	t.Helper()
	_, id := number(t)
	return prescription.Request{Tenant: "999999999", Key: key, Tool: "sleep", Unit: "eight-weeks", Prescriber: therapist,
		Patient: prescription.Patient{Pseudonym: "patient-" + key, NationalID: id, Lang: "nb"}}
}
