package main

import (
	"context"
	"fmt"
	"log"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
	"github.com/verktoykatalog/verktoy/prescription"
)

func main() {
	tools := must(sample.Index()) // or catalogue.Read, for a catalogue of your own
	found := must(tools.Search(catalogue.Query{Text: "får ikke sove", Modes: []catalogue.Mode{catalogue.ModePrescribed}}))
	tool := found.Hits[0].Tool()
	fmt.Println("found:", tool.Name.In("nb"))
	service := must(prescription.NewService(prescription.Config{Tools: tools.Get, Now: sample.Today}))
	sent := must(service.Prescribe(context.Background(), prescription.NewMemory(), prescription.Request{
		Tenant: "clinic-1", Key: "visit-1", Tool: tool.ID, Unit: tool.Units[0].ID, AcknowledgedExclusions: true,
		Patient:    prescription.Patient{Pseudonym: "p-4c1f8a7e", Lang: "nb"},
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "therapist-1"},
	}))
	fmt.Printf("sent: %s, %s\n%s\n", sent.Unit, sent.State, sent.Text)
}

func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}
