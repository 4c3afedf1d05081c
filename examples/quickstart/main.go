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
	tools, err := sample.Index() // or catalogue.Read, for a catalogue of your own
	check(err)
	found, err := tools.Search(catalogue.Query{Text: "får ikke sove", Modes: []catalogue.Mode{catalogue.ModePrescribed}})
	check(err)
	tool := found.Hits[0].Tool()
	fmt.Println("found:", tool.Name.In("nb"))

	service, err := prescription.NewService(prescription.Config{Tools: tools.Get, Now: sample.Today})
	check(err)
	sent, err := service.Prescribe(context.Background(), prescription.NewMemory(), prescription.Request{
		Tenant: "clinic-1", Key: "visit-1", Tool: tool.ID, Unit: tool.Units[0].ID,
		Patient:                prescription.Patient{Pseudonym: "p-4c1f8a7e", Lang: "nb"},
		Prescriber:             prescription.Actor{Role: prescription.RoleTherapist, ID: "therapist-1"},
		AcknowledgedExclusions: true,
	})
	check(err)
	fmt.Println("sent:", sent.Unit, sent.State)
	fmt.Println(sent.Text)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
