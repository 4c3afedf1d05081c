package prescriptiontest

import (
	"context"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

func createCases() []testCase {
	return []testCase{
		{"create gives back what it stores, in UTC and whole microseconds", roundTrip},
		{"create with the same key and content gives the stored one", repeated},
		{"create with the same key and other content is refused", keyReused},
		{"a key is not used again in the place of another prescription", otherPrevious},
		{"create asked only for what is stored writes nothing", onlyStored},
		{"keys are the tenant's own", tenants},
		{"fifty creates at the same time with one key store one", racingCreates},
		{"a second one of a tool that has not ended is refused unless it is asked for", second},
		{"sixteen creates at the same time give a citizen one of a tool", racingRivals},
		{"a prescription takes the place of another, wholly or not at all", replaced},
		{"what has ended or expired can be replaced too", replacedLater},
		{"of sixteen that would take the place of one exactly one does", racingReplacements},
		{"what is unknown is not found", unknown},
		{"a context that has ended writes nothing", ended},
	}
}

func roundTrip(ctx context.Context, st prescription.Store) error {
	n := sample(1)
	got, err := st.Create(ctx, n)
	if err != nil {
		return err
	}
	want := n.Prescription
	at := time.Date(2026, 11, 1, 11, 0, 0, 123_456_000, time.UTC)
	want.Issued, want.Sent, want.Updated, want.Expires = at, at, at, at.Add(56*24*time.Hour)
	return all(same("created", got, want), history(ctx, st, want))
}

func repeated(ctx context.Context, st prescription.Store) error {
	first, err := st.Create(ctx, sample(1))
	if err != nil {
		return err
	}
	changed, _, err := st.Change(ctx, change(first, prescription.EventCancel, noon.Add(time.Hour)))
	if err != nil {
		return err
	}
	again := sample(1)
	again.Prescription.ID = "0193a6f0-0000-7000-8000-another"
	again.Prescription.Issued = noon.Add(2 * time.Hour)
	got, err := st.Create(ctx, again)
	if err != nil {
		return err
	}
	_, err = st.Get(ctx, again.Prescription.ID)
	return all(same("repeated", got, changed), is("the repeated id", err, prescription.ErrNotFound),
		history(ctx, st, changed), waiting(ctx, st, 1))
}

func keyReused(ctx context.Context, st prescription.Store) error {
	first, err := st.Create(ctx, sample(1))
	if err != nil {
		return err
	}
	content, person := sample(2), sample(3)
	content.Prescription.Key, content.Content = "visit-1", "other"
	person.Prescription.Key = "visit-1"
	_, person.Prescription.Patient.NationalID = numbers()
	for _, n := range []prescription.New{content, person} {
		_, err := st.Create(ctx, n)
		_, missing := st.Get(ctx, n.Prescription.ID)
		if err := all(is("other content", err, prescription.ErrKeyReused), is("its id", missing, prescription.ErrNotFound)); err != nil {
			return err
		}
	}
	return all(history(ctx, st, first), waiting(ctx, st, 1))
}

func onlyStored(ctx context.Context, st prescription.Store) error {
	asked := sample(1)
	asked.OnlyStored = true
	_, before := st.Create(ctx, asked)
	_, missing := st.Get(ctx, asked.Prescription.ID)
	first, err := st.Create(ctx, sample(1))
	if err != nil {
		return err
	}
	got, after := st.Create(ctx, asked)
	return all(is("before", before, prescription.ErrNotFound), is("its id", missing, prescription.ErrNotFound),
		after, same("after", got, first), waiting(ctx, st, 1))
}

func tenants(ctx context.Context, st prescription.Store) error {
	elsewhere := sample(2).Prescription
	elsewhere.Tenant, elsewhere.Key = "888888888", "visit-1"
	other := newOf(elsewhere)
	first, err := st.Create(ctx, sample(1))
	if err != nil {
		return err
	}
	second, err := st.Create(ctx, other)
	if err != nil {
		return err
	}
	return all(history(ctx, st, first), history(ctx, st, second), waiting(ctx, st, 2))
}

func racingCreates(ctx context.Context, st prescription.Store) error {
	const n = 50
	ids, errs := make([]prescription.ID, n), make([]error, n)
	together(n, func(i int) {
		one := sample(i)
		one.Prescription.Key, one.Prescription.Patient.Pseudonym = "visit", "patient-one"
		p, err := st.Create(ctx, one)
		ids[i], errs[i] = p.ID, err
	})
	for i := range n {
		if errs[i] != nil || ids[i] != ids[0] {
			return fmt.Errorf("create %d gave the id %q and error %v, another gave %q", i, ids[i], errs[i], ids[0])
		}
	}
	found := 0
	for i := range n {
		if _, err := st.Get(ctx, sample(i).Prescription.ID); err == nil {
			found++
		}
	}
	return all(equal("stored prescriptions", found, 1), waiting(ctx, st, 1))
}

func unknown(ctx context.Context, st prescription.Store) error {
	nobody := sample(1).Prescription
	_, get := st.Get(ctx, nobody.ID)
	_, audit := st.Audit(ctx, nobody.ID)
	_, _, changed := st.Change(ctx, change(nobody, prescription.EventCancel, noon))
	_, _, reported := st.Change(ctx, report(nobody, prescription.EventStart, noon, "r1"))
	want := prescription.ErrNotFound
	return all(is("Get", get, want), is("Audit", audit, want), is("Change", changed, want), is("report", reported, want))
}

func ended(ctx context.Context, st prescription.Store) error {
	p, err := st.Create(ctx, sample(1))
	if err != nil {
		return err
	}
	over, cancel := context.WithCancel(ctx)
	cancel()
	_, created := st.Create(over, sample(2))
	_, _, changed := st.Change(over, change(p, prescription.EventCancel, noon.Add(time.Hour)))
	_, missing := st.Get(ctx, sample(2).Prescription.ID)
	return all(is("Create", created, context.Canceled), is("Change", changed, context.Canceled),
		is("its id", missing, prescription.ErrNotFound), history(ctx, st, p), waiting(ctx, st, 1))
}
