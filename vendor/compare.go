package vendor

import "strings"

// Difference is something that the register says and the vendor does not.
type Difference struct {
	Kind DifferenceKind `json:"kind"`
	// Stops says that nothing new should be agreed before somebody has looked into it.
	Stops bool `json:"stops"`
	// Text says what it is and what to do. It holds no names: those of one-person businesses are people's.
	Text Text `json:"text"`
}

// DifferenceKind is what differs.
type DifferenceKind string

// The kinds of differences.
const (
	DifferenceNumber           DifferenceKind = "number"
	DifferenceName             DifferenceKind = "name"
	DifferenceCountry          DifferenceKind = "country"
	DifferenceDeleted          DifferenceKind = "deleted"
	DifferenceBankrupt         DifferenceKind = "bankrupt"
	DifferenceDissolving       DifferenceKind = "dissolving"
	DifferenceForcedDissolving DifferenceKind = "forced-dissolving"
)

// formForeign is the register's form for a foreign company's Norwegian branch.
const formForeign = "NUF"

// Compare sets a vendor against what the register says, the gravest first; none
// means that they agree. Names are compared without regard to capitals and
// blanks, since the register writes in capitals. An Entity that came with
// [ErrDeleted] and without a day must be refused by the caller: nothing in it
// says so.
func Compare(v Vendor, e Entity) []Difference {
	var out []Difference
	for _, d := range []struct {
		kind    DifferenceKind
		differs bool
		stops   bool
	}{
		{DifferenceNumber, v.OrgNumber == "" || v.OrgNumber != e.OrgNumber, true},
		{DifferenceDeleted, e.Deleted != "", true},
		{DifferenceBankrupt, e.Bankrupt, true},
		{DifferenceForcedDissolving, e.ForcedDissolving, true},
		{DifferenceDissolving, e.Dissolving, true},
		{DifferenceName, plainName(v.Name) != plainName(e.Name), false},
		{DifferenceCountry, v.Country != "" && v.Country != "NO" && e.Form != formForeign, false},
	} {
		if d.differs {
			out = append(out, Difference{d.kind, d.stops, differenceTexts[d.kind]})
		}
	}
	return out
}

func plainName(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), " ")) }

var differenceTexts = map[DifferenceKind]Text{
	DifferenceNumber: {
		"Organisasjonsnummeret er et annet enn det i registeret. Slå opp riktig virksomhet.",
		"Organisasjonsnummeret er eit anna enn det i registeret. Slå opp rett verksemd.",
		"The organisation number is not the one in the register. Look up the right organisation."},
	DifferenceDeleted: {
		"Virksomheten er slettet fra Enhetsregisteret. Finn ut hvem som har tatt over.",
		"Verksemda er sletta frå Einingsregisteret. Finn ut kven som har teke over.",
		"The organisation is deleted from the register. Find out who has taken over."},
	DifferenceBankrupt: {
		"Virksomheten er konkurs. Snakk med bostyreren før noe nytt avtales.",
		"Verksemda er konkurs. Snakk med bustyraren før noko nytt blir avtalt.",
		"The organisation is bankrupt. Talk to the trustee before anything new is agreed."},
	DifferenceForcedDissolving: {
		"Virksomheten er under tvangsavvikling eller tvangsoppløsning. Avklar hva som skjer før noe nytt avtales.",
		"Verksemda er under tvangsavvikling eller tvangsoppløysing. Avklar kva som skjer før noko nytt blir avtalt.",
		"The organisation is being dissolved by a court. Find out what happens before anything new is agreed."},
	DifferenceDissolving: {
		"Virksomheten er under avvikling. Avklar hvem som tar over før noe nytt avtales.",
		"Verksemda er under avvikling. Avklar kven som tek over før noko nytt blir avtalt.",
		"The organisation is being dissolved. Find out who takes over before anything new is agreed."},
	DifferenceName: {
		"Navnet er et annet enn i Enhetsregisteret. Sjekk nummeret, og bruk navnet som er registrert.",
		"Namnet er eit anna enn i Einingsregisteret. Sjekk nummeret, og bruk namnet som er registrert.",
		"The name is not the one in the register. Check the number, and use the registered name."},
	DifferenceCountry: {
		"Oppgitt land er ikke Norge, men virksomheten er registrert som norsk. Rett landet eller nummeret.",
		"Oppgitt land er ikkje Noreg, men verksemda er registrert som norsk. Rett landet eller nummeret.",
		"The country is not Norway, but the organisation is registered as Norwegian. Correct the country or the number."},
}
