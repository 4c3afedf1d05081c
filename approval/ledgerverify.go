package approval

import (
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/hashchain"
)

// ErrLedger says that a ledger is not whole; see [LedgerError].
var ErrLedger = errors.New("approval: the ledger is broken")

// LedgerError names the first row that does not fit. It wraps [ErrLedger].
type LedgerError struct {
	// Row counts from 1.
	Row int `json:"row"`
	// Text says what is wrong, in nb, nn and en.
	Text catalogue.Text `json:"text"`
}

// Error says it in English.
func (e *LedgerError) Error() string {
	return fmt.Sprintf("%v: row %d: %s", ErrLedger, e.Row, e.Text["en"])
}

// Unwrap gives [ErrLedger].
func (e *LedgerError) Unwrap() error { return ErrLedger }

// VerifyLedger checks all entries of one case, as [Ledger.Entries] gives them.
// The error is a [*LedgerError]; no entries are an error too. What is cut off at
// the end leaves no trace in the entries that stay: keep a [Checkpoint]
// elsewhere, or compare with the case ([Case.CheckLedger]). Who can write the
// whole ledger can write a new chain: that too shows against a checkpoint.
func VerifyLedger(entries []Entry) error {
	if len(entries) == 0 {
		return ledgerError(1, faultMissing)
	}
	last := Entry{Case: entries[0].Case, Tool: entries[0].Tool}
	for i, e := range entries {
		if f := e.follows(last); f != "" {
			return ledgerError(i+1, f)
		}
		last = e
	}
	return nil
}

func ledgerError(row int, fault string) error {
	return &LedgerError{Row: row, Text: ledgerFaults[fault].text()}
}

// follows says what is wrong with an entry after the last one, "" if nothing is.
func (e Entry) follows(last Entry) string {
	if last.Case != "" && (e.Case != last.Case || e.Tool != last.Tool) {
		return faultOtherCase
	}
	link := hashchain.Link{Seq: e.Seq, Hash: string(e.Hash), Previous: string(e.Previous), Sum: string(e.sum())}
	if f := link.Fault(int(last.Seq)+1, string(last.Hash)); f != "" {
		return f
	}
	switch {
	case e.At.Before(last.At) || e.At.Location() != time.UTC:
		return faultTime
	case !e.startsFrom(last.To):
		return faultState
	}
	return ""
}

// startsFrom is true for the state that the last entry reached; time alone makes an approval expired.
func (e Entry) startsFrom(state CaseState) bool {
	if state == "" {
		state = CaseDraft
	}
	expired := e.From == CaseExpired && (state == CaseDecided || state == CaseSuspended)
	return e.From == state || expired
}

// Checkpoint is an entry's place and hash, to be kept where those who write the
// ledger cannot change it: printed, signed, or with somebody else.
type Checkpoint struct {
	Case string `json:"case"`
	Seq  int64  `json:"seq"`
	Hash Digest `json:"hash"`
}

// Checkpoint gives the entry's.
func (e Entry) Checkpoint() Checkpoint { return Checkpoint{Case: e.Case, Seq: e.Seq, Hash: e.Hash} }

// Verify is [VerifyLedger], and checks as well that the entry of the checkpoint
// is there and the same. A checkpoint of nothing fits nothing.
func (p Checkpoint) Verify(entries []Entry) error {
	if p.Seq < 1 || p.Hash == "" || len(entries) > 0 && p.Case != entries[0].Case {
		return ledgerError(1, faultOtherCase)
	}
	if err := VerifyLedger(entries); err != nil {
		return err
	}
	switch {
	case p.Seq > int64(len(entries)):
		return ledgerError(len(entries)+1, faultMissing)
	case entries[p.Seq-1].Hash != p.Hash:
		return ledgerError(int(p.Seq), faultCheckpoint)
	}
	return nil
}

// CheckLedger is [VerifyLedger], and checks as well that the entries are those
// of this case and that none is missing at the end.
func (c Case) CheckLedger(entries []Entry) error {
	if len(entries) > 0 && (entries[0].Case != c.ID || entries[0].Tool != c.Tool) {
		return ledgerError(1, faultOtherCase)
	}
	if err := VerifyLedger(entries); err != nil {
		return err
	}
	last := entries[len(entries)-1]
	switch {
	case last.Seq < c.Version:
		return ledgerError(len(entries)+1, faultMissing)
	case last.Seq != c.Version || last.To != c.State || !last.At.Equal(c.Updated):
		return ledgerError(len(entries), faultCase)
	}
	return nil
}

const (
	faultMissing    = "missing"
	faultOtherCase  = "other-case"
	faultTime       = "time"
	faultState      = "state"
	faultCheckpoint = "checkpoint"
	faultCase       = "case"
)

var ledgerFaults = map[string]phrase{
	faultMissing:            {"Denne linjen mangler.", "Denne linja manglar.", "This row is missing."},
	faultOtherCase:          {"Linjen hører til en annen sak.", "Linja høyrer til ei anna sak.", "The row belongs to another case."},
	hashchain.OutOfSequence: {"Nummeret er ikke det neste i rekken.", "Nummeret er ikkje det neste i rekkja.", "The number is not the next one."},
	hashchain.Unlinked:      {"Linjen bygger ikke på den forrige.", "Linja byggjer ikkje på den førre.", "The row does not follow the one before."},
	hashchain.OtherContent:  {"Innholdet er endret etter at linjen ble skrevet.", "Innhaldet er endra etter at linja vart skriven.", "The content was changed after the row was written."},
	faultTime:               {"Tidspunktet er før den forrige linjen, eller ikke i UTC.", "Tidspunktet er før den førre linja, eller ikkje i UTC.", "The time is before the row above, or not in UTC."},
	faultState:              {"Linjen begynner i en annen tilstand enn den forrige endte i.", "Linja begynner i ein annan tilstand enn den førre enda i.", "The row starts from another state than the one before reached."},
	faultCheckpoint:         {"Linjen er en annen enn den som er tatt vare på utenfor.", "Linja er ei anna enn den som er teken vare på utanfor.", "The row is another than the one that was kept outside."},
	faultCase:               {"Den siste linjen passer ikke med saken.", "Den siste linja passar ikkje med saka.", "The last row does not fit the case."},
}
