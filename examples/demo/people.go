package main

import (
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
	"github.com/verktoykatalog/verktoy/prescription"
)

// citizen is an invented person. The portal knows the identity number; every
// tool knows the person by a pseudonym of its own.
type citizen struct {
	id         string // what EPR and portal of the demo both know the person by; not made from the person
	name       string
	born       time.Time
	nationalID prescription.NationalID
	lang       catalogue.Lang
	children   []string // whom the person acts for
	small      bool     // cannot log in alone
}

// age is in full years.
func (c citizen) age(at time.Time) int {
	years := at.Year() - c.born.Year()
	if at.Month() < c.born.Month() || at.Month() == c.born.Month() && at.Day() < c.born.Day() {
		years--
	}
	return years
}

// citizens are the demo's people: one for each language, and a child.
func citizens() ([]citizen, error) {
	out := []citizen{
		{id: "citizen-Q7HV2M", name: "Solveig Eksempel", born: born(1991, time.May, 14), lang: "nb", children: []string{"citizen-H2RD6P"}},
		{id: "citizen-4KXW9C", name: "Ivar Døme", born: born(1978, time.March, 2), lang: "nn"},
		{id: "citizen-T3NBZ8", name: "Maya Example", born: born(2001, time.November, 23), lang: "en"},
		{id: "citizen-H2RD6P", name: "Nora Eksempel", born: born(2016, time.June, 21), lang: "nb", small: true},
	}
	for i := range out {
		// Norwegian test persons have a month that is 80 too high.
		synthetic := launchtest.SyntheticNumber(fmt.Sprintf("%02d%02d%02d", out[i].born.Day(), int(out[i].born.Month())+80, out[i].born.Year()%100))
		id, err := prescription.ParseNationalID(synthetic)
		if err != nil {
			return nil, fmt.Errorf("citizen %d: %w", i+1, err)
		}
		out[i].nationalID = id
	}
	return out, nil
}

func born(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, norway)
}

func find(people []citizen, id string) (citizen, bool) {
	for _, c := range people {
		if c.id == id {
			return c, true
		}
	}
	return citizen{}, false
}

// colleague is a clinician of the demo's clinic.
type colleague struct {
	prescription.Actor
	name string
	role string // a key of the texts
}

// colleagues are those who can be logged in at the clinician's site. The first one is at the start.
var colleagues = []colleague{
	{prescription.Actor{Role: prescription.RoleTherapist, ID: "therapist-17"}, "Ingrid Fagerli", "role-psychologist"},
	{prescription.Actor{Role: prescription.RoleTherapist, ID: "therapist-23"}, "Amir Nordby", "role-nurse"},
}

func colleagueOf(id string) (colleague, bool) {
	for _, c := range colleagues {
		if c.ID == id {
			return c, true
		}
	}
	return colleague{}, false
}
