package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// load reads the catalogue, or takes the sample.
func load(file string) (catalogue.Document, error) {
	if file == "" {
		return sample.Document()
	}
	f, err := os.Open(file)
	if err != nil {
		return catalogue.Document{}, err
	}
	defer f.Close()
	return catalogue.Read(f)
}

// newVerktoy is the Verktøy API at an address. It lets everybody in.
func newVerktoy(address string, d catalogue.Document, now func() time.Time) (*cataloguetest.API, error) {
	return cataloguetest.New(cataloguetest.Config{Address: address, Tools: d.Tools, AllowLoopback: true, Now: now})
}

// verktoyOrder is what every order about the Verktøy API is made of. Each reads what it needs, and refuses the rest.
type verktoyOrder struct {
	Tool         catalogue.ToolID        `json:"tool"`
	Citizen      string                  `json:"citizen"`
	Active       *bool                   `json:"active"`
	Operation    cataloguetest.Operation `json:"operation"`
	Status       int                     `json:"status"`
	Times        int                     `json:"times"`
	Milliseconds *int64                  `json:"milliseconds"`
}

// verktoyOrders drives the Verktøy API from outside. All others go to next.
func verktoyOrders(api *cataloguetest.API, next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", next)
	take(mux, "verktoy", api, map[string]func(*cataloguetest.API, verktoyOrder) error{"withdraw": orderWithdraw, "citizen": orderCitizen,
		"fail": orderVerktoyFail, "slow": orderVerktoySlow})
	return mux
}

func orderWithdraw(api *cataloguetest.API, o verktoyOrder) error {
	known := slices.ContainsFunc(api.Tools(), func(t catalogue.Tool) bool { return t.ID == o.Tool })
	if o != (verktoyOrder{Tool: o.Tool}) || !known {
		return errors.New(`want {"tool": "sovn-steg-for-steg"}: the id of a tool in the catalogue`)
	}
	return api.Withdraw(o.Tool)
}

func orderCitizen(api *cataloguetest.API, o verktoyOrder) error {
	if o.Active == nil || len(o.Citizen) != 11 || o != (verktoyOrder{Citizen: o.Citizen, Active: o.Active}) {
		return errors.New(`want {"citizen": "…", "active": false}: a synthetic identity number, and whether that citizen is digitally active`)
	}
	api.SetActive(o.Citizen, *o.Active)
	return nil
}

const wantOperation = "an operation of list, search, get, invite, therapists"

func operation(o cataloguetest.Operation) bool {
	return slices.Contains([]cataloguetest.Operation{cataloguetest.List, cataloguetest.Search, cataloguetest.Get, cataloguetest.Invite, cataloguetest.Therapists}, o)
}

func orderVerktoyFail(api *cataloguetest.API, o verktoyOrder) error {
	plain := o == verktoyOrder{Operation: o.Operation, Status: o.Status, Times: o.Times}
	if !plain || !operation(o.Operation) || o.Status < 400 || o.Status > 599 || o.Times < 1 || o.Times > maxTimes {
		return fmt.Errorf(`want {"operation": "list", "status": 503, "times": 1}: %s; 400 to 599; 1 to 1000`, wantOperation)
	}
	api.Fail(o.Operation, o.Times, o.Status)
	return nil
}

func orderVerktoySlow(api *cataloguetest.API, o verktoyOrder) error {
	plain := o == verktoyOrder{Operation: o.Operation, Milliseconds: o.Milliseconds}
	if !plain || !operation(o.Operation) || o.Milliseconds == nil || *o.Milliseconds < 0 || *o.Milliseconds > maxWait.Milliseconds() {
		return fmt.Errorf(`want {"operation": "list", "milliseconds": 500}: %s; 0 to 600000`, wantOperation)
	}
	api.Slow(o.Operation, time.Duration(*o.Milliseconds)*time.Millisecond)
	return nil
}
