// For tests of giving back.

export const ems = 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e';
export const aLicense = {
  ...{ skuPartNumber: 'SPE_E3', skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965' },
  ...{ assignedByGroup: null, disabledPlans: [] },
};
