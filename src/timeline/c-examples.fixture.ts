/** Sources that read well, with what they come to; the first two stand in the header's comment exactly like this. */

export const EXAMPLE_1 = `vmk_MapRequest    mRequest;
vmk_MpnRange      mRange;
vmk_VA            va;

mRange.startMPN = 12;
mRange.numPages = 2;
mRequest.mapType = VMK_MAPTYPE_DEFAULT;
mRequest.mapAttrs = VMK_MAPATTRS_READONLY;
mRequest.numElements = 1;
mRequest.mpnRanges = &mRange;
mRequest.reservation = NULL;
status = vmk_Map(<myModuleID>, &mRequest, &va);
if (status == VMK_OK) {
   vmk_Unmap(va);
}
`;

export const EXAMPLE_2 = `vmk_MapRequest    mRequest;
vmk_MpnRange      mRange[2];
vmk_VA            va;

mRange[0].startMPN = 6;
mRange[0].numPages = 15;
mRange[1].startMPN = 42;
mRange[1].numPages = 9;
mRequest.mapType = VMK_MAPTYPE_DEFAULT;
mRequest.mapAttrs = VMK_MAPATTRS_READWRITE | VMK_MAPATTRS_MIGHTCHANGE;
mRequest.numElements = 2;
mRequest.mpnRanges = &mRange;
mRequest.reservation = NULL;
status = vmk_Map(<myModuleID>, &mRequest, &va);
if (status == VMK_OK) {
   status = vmk_MapChangeAttributes(va, VMK_MAPATTRS_EXECUTABLE);
   vmk_Unmap(va);
}
`;

/** What every driver below begins with. */
const HEAD = `#include "vmkapi.h"

extern vmk_ModuleID storage;

`;

/** Driver-style functions after the patterns of public callers, and the operations that each comes to, as a document writes them. */
export const DRIVERS: readonly { readonly name: string; readonly source: string; readonly ops: readonly string[] }[] = [
  {
    name: 'C1: a page or two around a machine address',
    source: `${HEAD}/* Maps the pages that hold [ma, ma + length). */
static void *
mapBytes(vmk_MA ma, vmk_uint32 length)
{
   vmk_MapRequest req;
   vmk_MpnRange range;
   vmk_VA va;

   VMK_ASSERT(length >= 1 && length <= VMK_PAGE_SIZE);
   range.startMPN = vmk_MA2MPN(ma);
   range.numPages = vmk_MA2MPN(ma + length - 1) - range.startMPN + 1;
   req.mapType = VMK_MAPTYPE_DEFAULT;
   req.mapAttrs = VMK_MAPATTRS_READWRITE;
   req.numElements = 1;
   req.mpnRanges = &range;
   if (vmk_Map(storage, &req, &va) != VMK_OK) {
      return NULL;
   }
   return (void *)va;
}

static void
unmapBytes(void *at)
{
   vmk_Unmap((vmk_VA)at);
}

static void
both(void)
{
   void *one = mapBytes(0x4000ff0, 0x10), *two = mapBytes(0x4000ff0, 0x11);
   unmapBytes(two);
   unmapBytes(one);
}
`,
    ops: ['map va 0x4000x1 RW', 'map va_2 0x4000x2 RW', 'unmap va_2', 'unmap va'],
  },
  {
    name: 'C2: a copy in pieces',
    source: `${HEAD}#define PIECE 4096U

static VMK_ReturnStatus
copyOut(vmk_MA from, vmk_ByteCount left)
{
   while (left > 0) {
      vmk_ByteCount now = left < PIECE ? left : PIECE;
      vmk_MpnRange range = { vmk_MA2MPN(from), vmk_MA2MPN(from + now - 1) - vmk_MA2MPN(from) + 1 };
      vmk_MapRequest req = { VMK_MAPTYPE_DEFAULT, VMK_MAPATTRS_READONLY, 1, &range, NULL };
      vmk_VA piece;
      VMK_ReturnStatus status = vmk_Map(storage, &req, &piece);

      if (status != VMK_OK)
         return status;
      vmk_Unmap(piece);
      from += now;
      left -= now;
   }
   return VMK_OK;
}
/*@ run copyOut(0x4000800, 10000) */
`,
    ops: [
      'map piece 0x4000x2 RO',
      'unmap piece',
      'map piece_2 0x4001x2 RO',
      'unmap piece_2',
      'map piece_3 0x4002x1 RO',
      'unmap piece_3',
    ],
  },
  {
    name: 'C3: a device window, uncached when a flag says so',
    source: `${HEAD}#define FLAG_PCD 0x10

static vmk_VA
mapDevice(vmk_MA phys, vmk_ByteCount size, unsigned long flags)
{
   vmk_MapRequest req;
   vmk_MpnRange range;
   vmk_VA va = 0;

   if (size == 0 || phys == 0 || phys + size - 1 < phys) {
      return 0;
   }
   memset(&req, 0, sizeof(req));
   range.startMPN = phys >> VMK_PAGE_SHIFT;
   range.numPages = (phys + size - 1 >> VMK_PAGE_SHIFT) - range.startMPN + 1;
   req.mapType = VMK_MAPTYPE_DEFAULT;
   req.mapAttrs |= VMK_MAPATTRS_READWRITE;
   if (flags & FLAG_PCD) req.mapAttrs |= VMK_MAPATTRS_UNCACHED;
   req.numElements = 1;
   req.mpnRanges = &range;
   if (vmk_Map(storage, &req, &va) != VMK_OK) {
      va = 0;
   }
   return va ? va + (phys & VMK_PAGE_MASK) : 0;
}

static void
unmapDevice(vmk_VA at)
{
   vmk_Unmap(at & ~(vmk_VA)VMK_PAGE_MASK);
}

static void
probe(void)
{
   vmk_VA bar = mapDevice(0xfea00010, 0x2000, FLAG_PCD);
   vmk_VA none = mapDevice(~0UL, 2, 0);

   // Through the register at 0x14.
   vmk_MapChangeAttributes(bar + 4, VMK_MAPATTRS_READONLY);
   unmapDevice(bar);
   unmapDevice(none);
}
`,
    ops: ['map va 0xfea00x3 RW|UC', 'change va+0x14 RO "Through the register at 0x14."', 'unmap va', 'unmap 0x0'],
  },
  {
    name: 'C4: the same window with and without the flag',
    source: `${HEAD}static VMK_ReturnStatus
window(vmk_Bool cached, vmk_VA *out)
{
   vmk_MpnRange range = { .numPages = 4, .startMPN = 0xfea00 };
   vmk_MapRequest req = {
      .mapType = VMK_MAPTYPE_DEFAULT,
      .mapAttrs = VMK_MAPATTRS_READWRITE | (cached ? 0 : VMK_MAPATTRS_UNCACHED),
      .numElements = 1,
      .mpnRanges = &range,
   };
   return vmk_Map(storage, &req, out);
}

static void
init(void)
{
   vmk_VA regs[2];
   vmk_Bool i;

   for (i = 0; i < 2; i++) {
      if (window(i, &regs[i]) != VMK_OK) goto undo;
   }
undo:
   while (i-- > 0)
      vmk_Unmap(regs[i]);
}
`,
    ops: ['map regs_0 0xfea00x4 RW|UC', 'map regs_1 0xfea00x4 RW', 'unmap regs_1', 'unmap regs_0'],
  },
  {
    name: 'C5: an unmap of nothing',
    source: `${HEAD}static void
freeWindow(vmk_VA at)
{
   /* Nobody looks whether at is NULL. */
   vmk_Unmap(at & ~0xfffUL);
}
/*@ run freeWindow(0) */
/*@ run freeWindow(0xffff) */
`,
    ops: ['unmap 0x0 "Nobody looks whether at is NULL."', 'unmap 0xf000 "Nobody looks whether at is NULL."'],
  },
  {
    name: 'C6: pages one by one, and none at all',
    source: `${HEAD}static vmk_MpnRange pages[8];

static vmk_VA
mapPages(vmk_uint32 count)
{
   vmk_MapRequest request = {0};
   vmk_VA joined = 0;
   vmk_uint32 i;

   for (i = 0; i < count; ++i) {
      pages[i].startMPN = 0x5000 + 3 * i;
      pages[i].numPages = 1;
   }
   request.mapType = VMK_MAPTYPE_DEFAULT;
   request.mapAttrs = VMK_MAPATTRS_READWRITE;
   request.numElements = count;
   request.mpnRanges = pages;
   (void)vmk_Map(storage, &request, &joined);
   return joined;
}

static void
use(void)
{
   if (mapPages(0) != 0) vmk_Unmap(1);
   else vmk_Unmap(mapPages(3));
}
`,
    ops: ['map joined nothing RW', 'map joined_2 0x5000x1,0x5003x1,0x5006x1 RW', 'unmap joined_2'],
  },
  {
    name: 'C7: freeing by asking where the memory is',
    source: `${HEAD}static vmk_VA
poolAlloc(vmk_ByteCount bytes)
{
   const vmk_uint32 count = (bytes + VMK_PAGE_SIZE - 1) / VMK_PAGE_SIZE;
   vmk_MpnRange range;
   vmk_MapRequest request;
   vmk_VA va;

   range.startMPN = 0x6000;
   range.numPages = count;
   memset(&request, 0, sizeof request);
   request.mapType = VMK_MAPTYPE_DEFAULT;
   request.mapAttrs = VMK_MAPATTRS_READWRITE;
   request.mpnRanges = &range;
   request.numElements = sizeof(range) / sizeof(vmk_MpnRange);
   return vmk_Map(storage, &request, &va) == VMK_OK ? va : 0;
}

static void
poolFree(vmk_VA va, vmk_ByteCount bytes)
{
   vmk_MA ma;

   if (vmk_VA2MA(va, bytes, &ma) == VMK_OK && vmk_MA2MPN(ma) == 0x6000) {
      vmk_Unmap(va);
   } else {
      vmk_WarningMessage("nothing is freed");
   }
}

static void
work(void)
{
   vmk_VA buffer = poolAlloc(20000);

   if (buffer == 0) return;
   poolFree(buffer, 20000);
   poolFree(buffer, 20000);
}
`,
    ops: ['map va 0x6000x5 RW', 'va2ma va 20000', 'unmap va', 'va2ma va 20000'],
  },
  {
    name: 'C8: two buffers, undone in reverse when the second fails',
    source: `${HEAD}struct vmk_MpnRange;

static VMK_ReturnStatus
allocate(void)
{
   vmk_MapRequest req;
   vmk_MpnRange range;
   vmk_VA queue, list;
   VMK_ReturnStatus status;

   range.startMPN = 0x7000;
   range.numPages = 16;
   req.mapType = VMK_MAPTYPE_DEFAULT;
   req.mapAttrs = VMK_MAPATTRS_READWRITE;
   req.numElements = 1;
   req.mpnRanges = &range;
   req.reservation = NULL;
   status = vmk_Map(storage, &req, &queue);
   if (status != VMK_OK) {
      goto out;
   }
   req.mapAttrs |= VMK_MAPATTRS_WRITECOMBINE | VMK_MAPATTRS_UNCACHED;
   status = vmk_Map(storage, &req, &list);
   if (status == VMK_BAD_PARAM)
      goto out_queue;
   vmk_Unmap(list);
out_queue:
   vmk_Unmap(queue);
out:
   return status;
}
`.replace('struct vmk_MpnRange;\n\n', ''),
    ops: ['map queue 0x7000x16 RW', 'map list 0x7000x16 RW|WC|UC', 'unmap queue'],
  },
  {
    name: 'C9: a mapping that leaks',
    source: `${HEAD}static VMK_ReturnStatus
readBuffer(vmk_MA ma, vmk_uint32 length, vmk_Bool heapIsFull)
{
   vmk_MpnRange range = { vmk_MA2MPN(ma), (length + VMK_PAGE_MASK) / 4096 };
   vmk_MapRequest req = { .mapType = VMK_MAPTYPE_DEFAULT, .numElements = 1, .mpnRanges = &range };
   vmk_VA buffer;
   VMK_ReturnStatus status = vmk_Map(storage, &req, &buffer);

   if (status != VMK_OK) return status;
   if (heapIsFull) return VMK_NO_MEMORY;
   /*@ {"op":"access","at":"buffer","count":8} */
   vmk_Unmap(buffer);
   return VMK_OK;
}
/*@ run readBuffer(0x7000000, 30000, VMK_FALSE) */
/*@ run readBuffer(0x7000000, 30000, VMK_TRUE) */
`,
    ops: ['map buffer 0x7000x8 RO', 'access buffer', 'unmap buffer', 'map buffer_2 0x7000x8 RO'],
  },
  {
    name: 'C10 and C11: a register window with its reservation, and an attribute that it refuses',
    source: `/*@ scenario {"title": "A window", "config": {"reservations": [{"name": "bar", "module": "net", "resource": "nic"}]}} */
#include "vmkapi.h"

static VMK_ReturnStatus
mapBar(vmk_ModuleID net, vmk_IOReservation bar)
{
   vmk_MpnRange range[] = { [0] = { .startMPN = 0xfeb00, .numPages = 32 } };
   vmk_MapRequest request = { VMK_MAPTYPE_DEVICE, VMK_MAPATTRS_READWRITE, 1, range, bar };
   vmk_VA va;
   VMK_ReturnStatus status;
   int i;

   for (i = 0; i < 3; i++) {
      status = vmk_Map(net, &request, &va);
      if (status == VMK_OK) break;
      request.mapAttrs |= VMK_MAPATTRS_UNCACHED;
   }
   if (status != VMK_OK) return status;
   vmk_Unmap(va);
   return VMK_OK;
}
`,
    ops: ['map va 0xfeb00x32 RW bar', 'map va_2 0xfeb00x32 RW|UC bar', 'unmap va_2'],
  },
];
