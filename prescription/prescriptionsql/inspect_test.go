package prescriptionsql_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// What VerifyAll does not look at is looked at, in all tables of both engines.
func TestVerifyContentFindsWhatNobodyElseSees(t *testing.T) {
	edits := map[string]string{
		"UPDATE verktoy_prescription SET patient_text = 'Øv litt hver kveld!'":                 "has another Text",
		"UPDATE verktoy_prescription SET content = 'x' || substr(content, 2)":                  "entry 1 of prescription 01",
		"UPDATE verktoy_prescription SET opened = opened + 1":                                  "has another Opened",
		"UPDATE verktoy_prescription SET prescriber_id = 'hpr/9144888'":                        "has another Prescriber",
		"UPDATE verktoy_prescription SET over_at = over_at + 1":                                "entry 4 of prescription 01",
		"UPDATE verktoy_prescription SET national_id = '15819000000'":                          "identity number",
		"UPDATE verktoy_prescription_outbox SET event = 'cancel' WHERE event = 'note'":         "entry 3 of prescription 01",
		"UPDATE verktoy_prescription_outbox SET audience = 'tool' WHERE event = 'cancel'":      "entry 4 of prescription 01",
		"UPDATE verktoy_prescription_outbox SET recipient = 'hpr/1' WHERE event = 'prescribe'": "entry 1 of prescription 01",
		"UPDATE verktoy_prescription_note SET at = at + 1":                                     "entry 3 of prescription 01",
		"UPDATE verktoy_prescription_note SET by_id = 'hpr/9144888'":                           "entry 3 of prescription 01",
		"UPDATE verktoy_prescription_note SET note = 'Ringer i morgon.'":                       "the text of a note is not what was written",
		"UPDATE verktoy_prescription_note SET sum = 'x' || substr(sum, 2)":                     "entry 3 of prescription 01",
		"UPDATE verktoy_prescription_inbox SET event = 'opeo'":                                 "a report is of no event",
		"UPDATE verktoy_prescription_note SET by_role = 'citizen'":                             "entry 3 of prescription 01",
	}
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		require.NoError(t, live(t, db, "visit-1"))
		_, err := prescription.VerifyContent(t.Context(), prescriptionsql.New(db))
		require.NoError(t, err)
		for edit, want := range edits {
			tx := begin(t, db)
			_, err := tx.ExecContext(t.Context(), edit)
			require.NoError(t, err, edit)
			_, err = prescription.VerifyContent(t.Context(), prescriptionsql.New(tx))
			assert.ErrorContains(t, err, want, edit)
			if !strings.Contains(edit, "national_id") {
				assert.ErrorIs(t, err, prescription.ErrAudit, edit)
			}
			_, err = prescription.VerifyAll(t.Context(), prescriptionsql.New(tx), nil)
			assert.NoError(t, err, "the control")
			require.NoError(t, tx.Rollback())
		}
	})
}
