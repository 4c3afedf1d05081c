package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/approval/approvalsign"
)

// deskTable holds the desk's files by their places, and at place 0 the vendor's
// key: the demo plays the vendor too. No desk of the world has a vendor's private key.
const deskTable = `CREATE TABLE IF NOT EXISTS demo_desk (place BIGINT PRIMARY KEY, data TEXT NOT NULL)`

const keyPlace = 0

// remember takes up what the desk knew when the demo ended, and from now on keeps what it knows.
func (d *desk) remember(ctx context.Context, db *sql.DB) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.db, d.stored = db, map[int]string{}
	if err := d.rememberKey(ctx); err != nil {
		return fmt.Errorf("the vendor's key: %w", err)
	}
	for place := 1; ; place++ {
		data, err := d.row(ctx, place)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		var f *file
		if err == nil {
			f, err = d.decode(ctx, []byte(data))
		}
		if err != nil {
			return fmt.Errorf("the desk's case %d in the database: %w (another -db begins anew)", place, err)
		}
		d.stored[place] = data
		d.add(f)
	}
}

func (d *desk) row(ctx context.Context, place int) (data string, err error) {
	err = d.db.QueryRowContext(ctx, `SELECT data FROM demo_desk WHERE place = $1`, place).Scan(&data)
	return data, err
}

// rememberKey takes up the vendor's key, so that what was signed before can still be checked, or keeps the new one.
func (d *desk) rememberKey(ctx context.Context) error {
	data, err := d.row(ctx, keyPlace)
	if errors.Is(err, sql.ErrNoRows) {
		jwk, err := d.key.private.PrivateJWK()
		if err != nil {
			return err
		}
		return d.write(ctx, keyPlace, string(jwk))
	}
	var private approvalsign.SigningKey
	if err == nil {
		private, err = approvalsign.ParseSigningKey([]byte(data))
	}
	if err == nil {
		d.key, err = vendorKeyOf(private)
	}
	return err
}

func (d *desk) write(ctx context.Context, place int, data string) error {
	_, err := d.db.ExecContext(ctx, `INSERT INTO demo_desk (place, data) VALUES ($1, $2) ON CONFLICT (place) DO UPDATE SET data = excluded.data`, place, data)
	return err
}

// keep writes what has changed; nothing where the desk is to forget.
func (d *desk) keep(ctx context.Context) error {
	if d.db == nil {
		return nil
	}
	for i, f := range d.files {
		data, err := d.encode(ctx, f)
		if err != nil {
			return err
		}
		if d.stored[i+1] == string(data) {
			continue
		}
		if err := d.write(ctx, i+1, string(data)); err != nil {
			return err
		}
		d.stored[i+1] = string(data)
	}
	return nil
}

// latest is the last moment that the desk knows of: nothing may happen before it.
func (d *desk) latest() time.Time {
	var last time.Time
	later := func(at time.Time) {
		if at.After(last) {
			last = at
		}
	}
	for _, f := range d.files {
		later(f.life.Updated)
		for _, v := range f.votes {
			later(v.At)
		}
	}
	return last
}

// keeping lets what a form brings be kept before its answer says that it is.
func (s deskSite) keeping(serve http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			serve(w, r)
			return
		}
		answer := &heldAnswer{ResponseWriter: w, code: http.StatusOK}
		serve(answer, r)
		if err := s.desk.keep(r.Context()); err != nil {
			w.Header().Del("Location")
			s.failed(w, r, err)
			return
		}
		w.WriteHeader(answer.code)
		w.Write(answer.body.Bytes())
	}
}

// heldAnswer is an answer that waits.
type heldAnswer struct {
	http.ResponseWriter
	code int
	body bytes.Buffer
}

func (h *heldAnswer) WriteHeader(code int) { h.code = code }

func (h *heldAnswer) Write(b []byte) (int, error) { return h.body.Write(b) }
