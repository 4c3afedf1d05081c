package main

import (
	"fmt"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// citizen is an invented person. The portal knows the identity number; every
// tool knows the person by a pseudonym of its own.
type citizen struct {
	id         string // what EPR and portal of the demo both know the person by; not made from the person
	name       string
	born       string
	nationalID prescription.NationalID
	lang       catalogue.Lang
}

// therapist is who is logged in at the clinician's site.
var therapist = prescription.Actor{Role: prescription.RoleTherapist, ID: "therapist-17"}

func citizens() ([]citizen, error) {
	out := []citizen{
		{id: "citizen-Q7HV2M", name: "Solveig Eksempel", born: "14.05.1991", lang: "nb"},
		{id: "citizen-4KXW9C", name: "Ivar Døme", born: "02.03.1978", lang: "nn"},
		{id: "citizen-T3NBZ8", name: "Maya Example", born: "23.11.2001", lang: "en"},
	}
	for i, stem := range []string{"148591123", "028378124", "239101556"} {
		id, err := prescription.ParseNationalID(synthetic(stem))
		if err != nil {
			return nil, fmt.Errorf("citizen %d: %w", i+1, err)
		}
		out[i].nationalID = id
	}
	return out, nil
}

// synthetic adds the two check digits to a made-up identity number whose month is 80 too high, as Norwegian test persons have it.
func synthetic(stem string) string {
	first := []int{3, 7, 6, 1, 8, 9, 4, 5, 2}
	second := []int{5, 4, 3, 2, 7, 6, 5, 4, 3, 2}
	stem += checkDigit(stem, first)
	return stem + checkDigit(stem, second)
}

func checkDigit(digits string, weights []int) string {
	sum := 0
	for i, w := range weights {
		sum += w * int(digits[i]-'0')
	}
	return fmt.Sprint((11 - sum%11) % 11)
}
