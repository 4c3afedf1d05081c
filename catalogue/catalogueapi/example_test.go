package catalogueapi_test

import (
	"context"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
)

// simulated is the API with one tool, in this process.
func simulated() *cataloguetest.API {
	api, err := cataloguetest.New(cataloguetest.Config{Tools: []catalogue.Tool{cataloguetest.Tool("sovn", cataloguetest.Named("Søvn steg for steg"))},
		Now: func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) }})
	if err != nil {
		panic(err)
	}
	return api
}

// A program that keeps a copy of the national catalogue looks from time to time whether it has changed.
func ExampleClient_Document() {
	api := simulated()
	client, err := catalogueapi.New(catalogueapi.Config{
		Address: api.Address(), // catalogueapi.Production
		HTTP:    api.Client(),  // a launch/helseid client
	})
	if err != nil {
		panic(err)
	}
	tag := ""
	for range 3 {
		got, err := client.Document(context.Background())
		if err != nil {
			panic(err) // keep the copy; errors.Is(err, catalogueapi.ErrChanged): read again
		}
		fmt.Println("new:", got.Tag != tag, "first:", got.Document.Tools[0].Name.In(), got.Document.Tools[0].Status)
		if tag == got.Tag {
			_ = api.Withdraw("sovn")
		}
		tag = got.Tag
	}
	// Output:
	// new: true first: Søvn steg for steg listed
	// new: false first: Søvn steg for steg listed
	// new: true first: Søvn steg for steg withdrawn
}

// The national catalogue, kept up to date: what is withdrawn there is withdrawn
// here at the next look.
func ExampleClient_Fetch() {
	api := simulated()
	client, err := catalogueapi.New(catalogueapi.Config{Address: api.Address(), HTTP: api.Client()})
	if err != nil {
		panic(err)
	}
	follower, err := catalogue.Follow(context.Background(), catalogue.FollowConfig{Source: client, Name: "helsenorge",
		OnChange: func(c catalogue.Changes) { fmt.Println(c.Tools[0].ID, c.Tools[0].Kind) }})
	if err != nil {
		panic(err)
	}
	defer follower.Close()
	if err := api.Withdraw("sovn"); err != nil {
		panic(err)
	}
	fmt.Println(follower.Refresh(context.Background())) // in operation, every ten minutes by itself
	tool, _ := follower.Live().Get("sovn")
	fmt.Println(tool.Status)
	// Output:
	// sovn added
	// sovn changed
	// <nil>
	// withdrawn
}

// A tool's own backend invites a citizen; when the citizen starts the tool, it asks who sent it.
func ExampleClient_Invite() {
	api := simulated()
	client, err := catalogueapi.New(catalogueapi.Config{
		Address: api.Address(), HTTP: api.Client(), Tool: "sovn",
		Now: func() time.Time { return time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) }, // left out in earnest
	})
	if err != nil {
		panic(err)
	}
	citizen, err := catalogueapi.ParseCitizen(cataloguetest.Number("158190")) // or CitizenOf, of a prescription.NationalID
	if err != nil {
		panic(err)
	}
	invited, err := client.Invite(context.Background(), catalogueapi.Invitation{
		ID:       "0193a6f0-1234-4abc-8def-a1234567890b", // stored before
		Citizen:  citizen,
		From:     catalogueapi.Therapist{Name: "Kari Behandler", HPR: "1234567"},
		Deadline: time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		panic(err) // catalogueapi.OutcomeUnknown(err): it may have been carried out
	}
	fmt.Println(citizen, "has a task until", invited.Deadline.Format(time.DateOnly))
	people, err := client.Therapists(context.Background(), citizen)
	fmt.Println(people[0].Name, err)

	api.SetActive(cataloguetest.Number("158190"), false)
	_, err = client.Invite(context.Background(), catalogueapi.Invitation{ID: "0193a6f0-1234-4abc-8def-a1234567890c", Citizen: citizen,
		From: catalogueapi.Therapist{HPR: "1234567"}, Deadline: time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)})
	fmt.Println(err)
	// Output:
	// [redacted] has a task until 2026-11-16
	// Kari Behandler <nil>
	// catalogueapi: invite: status 400, code 2118: the API refused it: the citizen is not digitally active: reach the citizen in another way
}
