import { Controller, Get } from '@nestjs/common';

/** What Odoo tells without a key. */
@Controller()
export class WebController {
  @Get('web/version')
  version(): unknown {
    return { version_info: [19, 0, 0, 'final', 0, ''], version: '19.0' };
  }

  @Get('web/health')
  health(): unknown {
    return { status: 'pass' };
  }
}
