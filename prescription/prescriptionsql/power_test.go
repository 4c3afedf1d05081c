package prescriptionsql_test

import (
	"maps"
	"math/rand/v2"
	"slices"
)

// disk is what a program has asked of the files in a folder, and what of it a
// power cut leaves: all that was synced, and any part of the rest.
type disk struct {
	files map[string]*diskFile
}

// diskFile has what is on the disk for sure, and what was asked for since.
type diskFile struct {
	kept  []byte
	loose []*diskWrite
	named bool // the folder that names the file was synced
}

// diskWrite writes data at a place, or cuts the file off there.
type diskWrite struct {
	at   int64
	data []byte
	cut  bool
	done bool // the call has come back
}

func newDisk(files map[string][]byte) *disk {
	d := &disk{files: map[string]*diskFile{}}
	for name, data := range files {
		d.files[name] = &diskFile{kept: slices.Clone(data), named: true}
	}
	return d
}

// create names a file that is new.
func (d *disk) create(name string) {
	if d.files[name] == nil {
		d.files[name] = &diskFile{}
	}
}

// syncing is what a sync that begins now will have put on the disk when it ends.
func (f *diskFile) syncing() (end func()) {
	var asked []*diskWrite
	for _, r := range f.loose {
		if r.done {
			asked = append(asked, r)
		}
	}
	return func() {
		f.loose = slices.DeleteFunc(f.loose, func(r *diskWrite) bool { return slices.Contains(asked, r) })
		for _, r := range asked {
			f.kept = r.apply(f.kept)
		}
	}
}

// nameAll is a sync of the folder.
func (d *disk) nameAll() {
	for _, f := range d.files {
		f.named = true
	}
}

func (r *diskWrite) apply(to []byte) []byte {
	if r.cut && int(r.at) <= len(to) {
		return to[:r.at]
	}
	if need := int(r.at) + len(r.data) - len(to); need > 0 {
		to = append(to, make([]byte, need)...)
	}
	copy(to[r.at:], r.data)
	return to
}

// sector is what a disk writes wholly or not at all.
const sector = 512

// torn is a part of a write: some of the sectors that it touches.
func (r *diskWrite) torn(luck *rand.Rand) []*diskWrite {
	var parts []*diskWrite
	for from := 0; from < len(r.data); {
		to := min(len(r.data), from+sector-int(r.at+int64(from))%sector)
		if luck.IntN(2) == 0 {
			parts = append(parts, &diskWrite{at: r.at + int64(from), data: r.data[from:to]})
		}
		from = to
	}
	return parts
}

// powerCut is what the files hold when the power is back. Of what was not synced
// each request is there with a chance of some in four, and some are torn.
func (d *disk) powerCut(luck *rand.Rand, inFour int) map[string][]byte {
	left := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(d.files)) {
		f := d.files[name]
		if !f.named && luck.IntN(4) >= inFour {
			continue
		}
		data := slices.Clone(f.kept)
		for _, r := range f.loose {
			switch {
			case luck.IntN(4) >= inFour:
			case inFour < 4 && luck.IntN(4) == 0:
				for _, part := range r.torn(luck) {
					data = part.apply(data)
				}
			default:
				data = r.apply(data)
			}
		}
		left[name] = data
	}
	return left
}
