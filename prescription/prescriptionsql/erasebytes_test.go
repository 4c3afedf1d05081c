package prescriptionsql_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// What is personal in these tests, besides the identity number: the text to the
// citizen and the notes.
const (
	canaryText = "Kanarifugl-tekst"
	canaryNote = "Kanarifugl-notat"
)

// refusing is a portal that never takes anything, so that messages become dead letters.
type refusing struct{}

var errNever = fmt.Errorf("never: %w", prescription.ErrUndeliverable)

func (refusing) Deliver(_ context.Context, d prescription.Delivery) error {
	if d.Message.Event == prescription.EventPrescribe {
		return nil
	}
	return errNever
}

// personal is a database in which citizens have prescriptions, all of which have
// ended, with all that may be kept of them: notes, reports, deliveries, messages that
// were given up and others that wait. It gives the texts that must go.
func personal(t *testing.T, db *sql.DB, citizens int) []string {
	t.Helper()
	canaryTools := func(id catalogue.ToolID) (catalogue.Tool, bool) {
		tool, known := tools(id)
		tool.Units[0].PatientText = catalogue.Text{"nb": canaryText + strings.Repeat(" øv litt hver kveld", 20)}
		return tool, known
	}
	s, err := prescription.NewService(prescription.Config{Tools: canaryTools, Synthetic: true, Now: func() time.Time { return noon },
		TellTherapist: true, TellTool: true})
	require.NoError(t, err)
	st := prescriptionsql.New(db)
	for i := range citizens {
		p, err := s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("visit-%d", i)))
		require.NoError(t, err)
		p, _, err = s.Apply(t.Context(), st, prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventOpen, At: noon,
			By: prescription.Actor{Role: prescription.RoleTool, ID: "tool-1"}})
		require.NoError(t, err)
		for range 3 {
			p, err = s.Note(t.Context(), st, prescription.Ref{ID: p.ID, Version: p.Version}, therapist, canaryNote+strings.Repeat(" ringte, fikk ikke svar", 40))
			require.NoError(t, err)
		}
		_, err = s.Cancel(t.Context(), st, prescription.Ref{ID: p.ID, Version: p.Version}, therapist, prescription.ReasonDeceased)
		require.NoError(t, err)
	}
	_, err = s.Drain(t.Context(), st, prescription.Routes{prescription.ForPortal: refusing{}})
	require.Error(t, err)
	dead, err := st.Dead(t.Context(), 9)
	require.NoError(t, err)
	require.NotEmpty(t, dead)
	_, err = s.Prescribe(t.Context(), st, request(t, "another-visit")) // whose message waits
	require.NoError(t, err)
	require.NoError(t, erase(t, st, "patient-another-visit", noon.AddDate(1, 0, 0)))
	digits, _ := number(t)
	return []string{digits, canaryText, canaryNote}
}

func erase(t *testing.T, st *prescriptionsql.Store, pseudonym string, at time.Time) error {
	t.Helper()
	_, kept, err := st.ErasePatient(t.Context(), "999999999", pseudonym, at)
	if err == nil && kept > 0 {
		err = errors.New("some have not ended")
	}
	return err
}

// holds are the texts that some bytes hold.
func holds(data []byte, texts []string) (found []string) {
	for _, text := range texts {
		if bytes.Contains(data, []byte(text)) {
			found = append(found, text)
		}
	}
	return found
}

// Nothing personal is left after erasing: in no table, in no byte of the file of
// SQLite nor of the one beside it, and in no line of a dump of PostgreSQL. Control:
// before it all was there, and without secure_delete SQLite leaves it in the file.
func TestErasedDataAreInNoByte(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		for _, secure := range []bool{true, false} {
			db, dsn := engines[0].Empty(t)
			if !secure {
				dsn = strings.Replace(dsn, "secure_delete(1)", "secure_delete(0)", 1)
				db = open(t, "sqlite", dsn)
			}
			require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.SQLite))
			texts := personal(t, db, 30)
			inFile := func() []string {
				_, err := prescriptionsql.TrimWAL(t.Context(), db, 0)
				require.NoError(t, err)
				var all []byte
				for _, file := range []string{fileOf(dsn), fileOf(dsn) + "-wal"} {
					data, err := os.ReadFile(file)
					require.NoError(t, err)
					all = append(all, data...)
				}
				return holds(all, texts)
			}
			require.Equal(t, texts, inFile(), "the control")
			n, err := prescriptionsql.New(db).EraseEnded(t.Context(), noon.Add(time.Second), 1_000)
			require.NoError(t, err)
			require.Equal(t, 30, n)
			if secure {
				assert.Empty(t, inFile())
			} else {
				assert.NotEmpty(t, inFile(), "the control")
			}
		}
	})
	t.Run("postgres", func(t *testing.T) {
		db := engines[1].Migrated(t)
		texts := personal(t, db, 5)
		inDump := func() []string {
			text := dumped(t, schemaOf(t, db))
			require.Contains(t, text, "patient-visit-4", "the pseudonym stays")
			return holds([]byte(text), texts)
		}
		require.Equal(t, texts, inDump(), "the control")
		n, err := prescriptionsql.New(db).EraseEnded(t.Context(), noon.Add(time.Second), 1_000)
		require.NoError(t, err)
		require.Equal(t, 5, n)
		assert.Empty(t, inDump())
	})
}

// What stays after erasing are codes: no text of people, and the citizen only by
// the pseudonym. Control: before it there are texts.
func TestWhatStaysAfterErasingAreCodes(t *testing.T) {
	code := regexp.MustCompile(`^[0-9A-Za-z._:/-]*$`)
	texts := func(t *testing.T, db *sql.DB) (found []string) {
		for column, values := range columns(t, db) {
			for _, v := range values {
				if text, is := v.(string); is && !code.MatchString(text) {
					found = append(found, column)
					break
				}
			}
		}
		slices.Sort(found)
		return found
	}
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		personal(t, db, 2)
		require.Equal(t, []string{"verktoy_prescription.patient_text", "verktoy_prescription_note.note"}, texts(t, db), "the control")
		_, err := prescriptionsql.New(db).EraseEnded(t.Context(), noon.Add(time.Second), 9)
		require.NoError(t, err)
		assert.Empty(t, texts(t, db))
		digits, _ := number(t)
		for column, values := range columns(t, db) {
			for _, v := range values {
				assert.NotContains(t, fmt.Sprint(v), digits, column)
			}
		}
		assert.NotZero(t, count(t, db, "SELECT count(*) FROM verktoy_prescription_outbox WHERE dead > 0"), "dead letters stay, and are codes")
		_, err = prescription.VerifyContent(t.Context(), prescriptionsql.New(db))
		require.NoError(t, err, "the trail is as it was")
	})
}

// columns are the values in our tables, by table and column.
func columns(t *testing.T, db *sql.DB) map[string][]any {
	t.Helper()
	all := map[string][]any{}
	for cell, value := range readCells(t, db) {
		column, _, _ := strings.Cut(cell, " ")
		all[column] = append(all[column], value)
	}
	require.NotEmpty(t, all)
	return all
}
