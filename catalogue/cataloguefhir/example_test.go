package cataloguefhir_test

import (
	"fmt"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguefhir"
)

func Example() {
	w, err := cataloguefhir.NewWriter(cataloguefhir.Config{Base: "https://tools.example/fhir"})
	if err != nil {
		fmt.Println(err)
		return
	}
	tool := catalogue.Tool{ID: "sleep", Status: catalogue.StatusPaused, Name: catalogue.Text{"nb": "Søvn", "en": "Sleep"},
		Units: []catalogue.Unit{{ID: "8-weeks", Title: catalogue.Text{"nb": "Åtte uker"}, Days: 56}}}
	bundle, err := w.Bundle([]catalogue.Tool{tool})
	if err != nil {
		fmt.Println(err)
		return
	}
	got, err := cataloguefhir.Read(bundle, cataloguefhir.Options{})
	fmt.Println(got.Tools[0].Name.In("en"), got.Tools[0].Status, got.Tools[0].Units[0].Days, len(got.Notes), err)
	// Output: Sleep paused 56 0 <nil>
}

// What another catalogue wrote is read as far as a tool has room for it; the notes tell of the rest.
func ExampleRead() {
	got, err := cataloguefhir.Read([]byte(`{"resourceType": "ActivityDefinition", "language": "en", "status": "active",
		"url": "https://other.example/ActivityDefinition/worry-less", "title": "Worry less", "copyright": "Other"}`), cataloguefhir.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(got.Tools[0].ID, got.Tools[0].Access.Mode())
	for _, note := range got.Notes {
		fmt.Println(note.Place+":", note.Text["en"])
	}
	_, err = cataloguefhir.Read([]byte(`{"resourceType": "ActivityDefinition", "language": "en", "status": "listed", "doNotPerform": true,
		"url": "https://other.example/ActivityDefinition/worry-less"}`), cataloguefhir.Options{})
	fmt.Println(err)
	// Output:
	// worry-less prescribed
	// ActivityDefinition.copyright: there is no room for this, it is left out
	// ActivityDefinition.extension: this is not said clearly, assumed is that the tool requires a login and a prescription
	// ActivityDefinition.url: this is not said clearly, assumed is that the id of the tool is the last part of this
	// cataloguefhir: invalid resource: ActivityDefinition.doNotPerform: the value cannot be used, want false, since a catalogue holds what may be done; ActivityDefinition.status: the value is not allowed here, want one of draft, active, retired, unknown; ActivityDefinition.title: the member is missing, add it
}
